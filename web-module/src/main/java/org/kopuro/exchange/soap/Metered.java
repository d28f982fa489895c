package org.kopuro.exchange.soap;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.kopuro.kernel.Refusal;

/** The body of a request, as long as it may be; remembers whether it broke off, which is nobody's malformed message. */
final class Metered extends FilterInputStream {

    private long allowed;
    private long count;
    private boolean broken;

    Metered(InputStream body, long allowed) {
        super(body);
        this.allowed = allowed;
    }

    /** In all, from the first octet. */
    void allow(long octets) {
        allowed = octets;
    }

    /** Whether not one octet has come. */
    boolean isEmpty() {
        return count == 0;
    }

    boolean isBroken() {
        return broken;
    }

    /** Reads on to the end, or to what is allowed, and keeps nothing. */
    void drain() throws IOException {
        byte[] scratch = new byte[64 * 1024];
        while (count < allowed && read(scratch, 0, (int) Math.min(scratch.length, allowed - count)) >= 0) {
            // Read and thrown away.
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int from, int most) throws IOException {
        if (most == 0) {
            return 0;
        }
        int length;
        try {
            length = in.read(target, from, (int) Math.max(1, Math.min(most, allowed - count + 1)));
        } catch (IOException e) {
            broken = true;
            throw e;
        }
        count += Math.max(0, length);
        if (count > allowed) {
            throw Refusal.of(MessageRefusal.MESSAGE_TOO_LARGE, "HTTP", allowed);
        }
        return length;
    }

    @Override
    public long skip(long most) throws IOException {
        return most <= 0 ? 0 : Math.max(0, read(new byte[(int) Math.min(most, 8192)]));
    }

    @Override
    public boolean markSupported() {
        return false;
    }
}
