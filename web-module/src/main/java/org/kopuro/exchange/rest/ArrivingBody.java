package org.kopuro.exchange.rest;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UnsupportedEncodingException;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Refusal;

/** A body that is still on its way: of whatever fails while it is read, the connection is the cause, and its sender can mend it. */
final class ArrivingBody extends FilterInputStream {

    ArrivingBody(InputStream body) {
        super(body);
    }

    @Override
    public int read() throws IOException {
        try {
            return in.read();
        } catch (IOException e) {
            throw incomplete(e);
        }
    }

    @Override
    public int read(byte[] target, int from, int most) throws IOException {
        try {
            return in.read(target, from, most);
        } catch (IOException e) {
            throw incomplete(e);
        }
    }

    private static Refusal incomplete(IOException cause) throws IOException {
        // Of the request's head, which the container looks at only now.
        if (cause instanceof UnsupportedEncodingException) {
            throw cause;
        }
        return Refusal.of(InputRefusal.BODY_INCOMPLETE, "body");
    }
}
