package org.kopuro.exchange.rest;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UnsupportedEncodingException;
import java.net.SocketTimeoutException;
import org.junit.jupiter.api.Test;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Refusal;

/** A body comes over a network, whole or not. */
class ReceivingABodyTest {

    @Test
    void whatComesWholeIsReadAsItIs() throws IOException {
        byte[] octets = {1, 2, 3};
        assertArrayEquals(octets, new ArrivingBody(new ByteArrayInputStream(octets)).readAllBytes());
        assertEquals(1, new ArrivingBody(new ByteArrayInputStream(octets)).read());
    }

    @Test
    void whatStandsStillIsItsSendersToMend() {
        Refusal refusal = assertThrows(Refusal.class, () -> arriving(new SocketTimeoutException("30 s")).readAllBytes());
        assertEquals(InputRefusal.BODY_INCOMPLETE, refusal.code());
        assertEquals("body", refusal.field());
        assertEquals(InputRefusal.BODY_INCOMPLETE, assertThrows(Refusal.class, () -> {
            InputStream body = arriving(new IOException("reset"));
            while (body.read() >= 0) {
                // On to the end that does not come.
            }
        }).code());
    }

    /** The container looks at the character set of a Content-Type when the body is read, and that is another refusal. */
    @Test
    void aCharacterSetThatNobodyKnowsIsNoBrokenConnection() {
        assertThrows(UnsupportedEncodingException.class, () -> arriving(new UnsupportedEncodingException("x")).readAllBytes());
    }

    private static InputStream arriving(IOException end) {
        return new ArrivingBody(new SequenceInputStream(new ByteArrayInputStream(new byte[100]), new InputStream() {

            @Override
            public int read() throws IOException {
                throw end;
            }
        }));
    }
}
