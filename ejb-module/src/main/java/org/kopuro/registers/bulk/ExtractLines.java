package org.kopuro.registers.bulk;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import org.kopuro.kernel.Refusal;

/**
 * The lines of a file that nobody vouches for. Each line is judged alone, so that bytes that are not text cost one line
 * and not the file, and memory is bounded by {@link #LINE_LIMIT_BYTES}.
 */
final class ExtractLines {

    static final int LINE_LIMIT_BYTES = 16_384;

    private final InputStream source;
    // Malformed input is reported, not replaced: a name with a question mark in it would pass every later check.
    private final CharsetDecoder utf8 = StandardCharsets.UTF_8.newDecoder();
    private final byte[] block = new byte[1 << 16];
    private int blockPosition;
    private int blockLength;
    private final byte[] line = new byte[LINE_LIMIT_BYTES];
    private long number;

    ExtractLines(InputStream source) {
        this.source = source;
    }

    /** The number of the line that {@link #next} has read, counted from 1, whether or not it was refused. */
    long number() {
        return number;
    }

    /**
     * The next line without its end, or {@code null} after the last one. A line that is no text is refused;
     * the following call goes on behind it.
     */
    String next() throws IOException {
        int length = 0;
        boolean tooLong = false;
        boolean nul = false;
        int b = read();
        if (b < 0) {
            return null;
        }
        number++;
        while (b >= 0 && b != '\n') {
            if (length < LINE_LIMIT_BYTES) {
                line[length++] = (byte) b;
            } else {
                tooLong = true;
            }
            nul |= b == 0;
            b = read();
        }
        if (tooLong) {
            throw Refusal.of(LoadRefusal.LINE_TOO_LONG, "", String.valueOf(LINE_LIMIT_BYTES));
        }
        if (nul) {
            throw Refusal.of(LoadRefusal.NUL_BYTE, "");
        }
        if (length > 0 && line[length - 1] == '\r') {
            length--;
        }
        boolean byteOrderMark = number == 1 && length >= 3
                && line[0] == (byte) 0xEF && line[1] == (byte) 0xBB && line[2] == (byte) 0xBF;
        int start = byteOrderMark ? 3 : 0;
        try {
            return utf8.decode(ByteBuffer.wrap(line, start, length - start)).toString();
        } catch (CharacterCodingException e) {
            throw Refusal.of(LoadRefusal.LINE_NOT_UTF8, "");
        }
    }

    private int read() throws IOException {
        if (blockPosition == blockLength) {
            blockPosition = 0;
            blockLength = source.read(block, 0, block.length);
            if (blockLength <= 0) {
                blockLength = 0;
                return -1;
            }
        }
        return block[blockPosition++] & 0xFF;
    }
}
