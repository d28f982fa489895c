package org.kopuro.registers.bulk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.kopuro.kernel.Refusal;

class ExtractLinesTest {

    @Test
    void endsLinesAtLineFeedsWithOrWithoutCarriageReturn() throws IOException {
        ExtractLines lines = lines("а\r\nб\nв");
        assertEquals("а", lines.next());
        assertEquals("б", lines.next());
        assertEquals("в", lines.next());
        assertEquals(3, lines.number());
        assertNull(lines.next());
    }

    @Test
    void dropsAByteOrderMarkInTheFirstLineOnly() throws IOException {
        ExtractLines lines = lines("\uFEFFinn\n\uFEFFx");
        assertEquals("inn", lines.next());
        assertEquals("\uFEFFx", lines.next());
    }

    @Test
    void goesOnBehindALineThatIsNoText() throws IOException {
        ExtractLines lines = lines(new byte[] {'a', '\n', 'b', (byte) 0xD0, '\n', 'c', 0, '\n', 'd'});
        assertEquals("a", lines.next());
        assertRefused(LoadRefusal.LINE_NOT_UTF8, lines);
        assertRefused(LoadRefusal.NUL_BYTE, lines);
        assertEquals("d", lines.next());
        assertEquals(4, lines.number());
    }

    @Test
    void refusesSurrogatesAndOverlongFormsInUtf8() throws IOException {
        ExtractLines lines = lines(new byte[] {(byte) 0xED, (byte) 0xA0, (byte) 0x80, '\n', (byte) 0xC0, (byte) 0xAF, '\n'});
        assertRefused(LoadRefusal.LINE_NOT_UTF8, lines);
        assertRefused(LoadRefusal.LINE_NOT_UTF8, lines);
        assertNull(lines.next());
    }

    @Test
    void takesTheLongestLineAndRefusesOneByteMore() throws IOException {
        String longest = "x".repeat(ExtractLines.LINE_LIMIT_BYTES);
        ExtractLines lines = lines(longest + "\n" + longest + "x\nend");
        assertEquals(longest, lines.next());
        assertRefused(LoadRefusal.LINE_TOO_LONG, lines);
        assertEquals("end", lines.next());
    }

    @Test
    void readsALineOfAGibibyteInBoundedMemory() throws IOException {
        ExtractLines lines = new ExtractLines(new InputStream() {
            private long left = 1L << 30;

            @Override
            public int read() {
                throw new AssertionError("read in blocks only");
            }

            @Override
            public int read(byte[] block, int offset, int length) {
                if (left <= 0) {
                    return -1;
                }
                left -= length;
                Arrays.fill(block, offset, offset + length, (byte) 'x');
                return length;
            }
        });
        assertRefused(LoadRefusal.LINE_TOO_LONG, lines);
        assertNull(lines.next());
    }

    private static void assertRefused(LoadRefusal code, ExtractLines lines) {
        assertEquals(code, assertThrows(Refusal.class, lines::next).code());
    }

    private static ExtractLines lines(String text) {
        return lines(text.getBytes(StandardCharsets.UTF_8));
    }

    private static ExtractLines lines(byte[] bytes) {
        return new ExtractLines(new ByteArrayInputStream(bytes));
    }
}
