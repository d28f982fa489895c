package org.kopuro.exchange.rest;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import jakarta.ws.rs.container.ContainerRequestContext;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UnsupportedEncodingException;
import java.lang.reflect.Proxy;
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

    /** Whether there is a body at all is seen by its first octet. */
    @Test
    void ofWhichNothingComesIsNoneThatIsEmpty() {
        InputStream[] body = {new InputStream() {

            @Override
            public int read() throws IOException {
                throw new SocketTimeoutException("30 s");
            }
        }};
        ContainerRequestContext request = (ContainerRequestContext) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {ContainerRequestContext.class}, (self, method, arguments) ->
                switch (method.getName()) {
                    case "getEntityStream" -> body[0];
                    case "setEntityStream" -> body[0] = (InputStream) arguments[0];
                    case "hasEntity" -> body[0].read() >= 0;
                    default -> throw new UnsupportedOperationException(method.getName());
                });
        assertEquals(InputRefusal.BODY_INCOMPLETE, assertThrows(Refusal.class, () -> new BodyLimit().filter(request)).code());
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
