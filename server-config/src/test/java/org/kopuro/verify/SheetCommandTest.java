package org.kopuro.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** bin/sheet on files that somebody has. */
class SheetCommandTest {

    private static final Path SAMPLE = Path.of("../docs/protocols/loan-sheets/sheet.json");
    private static final String SHA256 = "828b24613dda3d35e79c886dccf2ad7c67641fda48dd50b7a4adf2b12d216642";

    @TempDir
    private Path folder;
    private String out;
    private String err;

    @Test
    void aSheetThatFitsIsToldWithItsHash() {
        assertEquals(0, run(SAMPLE, "--sha256", SHA256.toUpperCase(Locale.ROOT)));
        assertEquals("""
                loan 7c9e6679-7425-40de-944b-e07fc1f90ae7, month 2021-09, SNILS_WITH_CATEGORY: counted 100
                maximum: 15350400.00 RUB
                sha256: %s
                OK: the maximum follows from the sheet's numbers
                """.formatted(SHA256), out);
        assertEquals("", err);
    }

    @Test
    void anAlteredNumberIsADifference() throws IOException {
        Path altered = Files.writeString(folder.resolve("sheet.json"), Files.readString(SAMPLE).replace("\"result\":\"15350400.00\"", "\"result\":\"25350400.00\""));
        assertEquals(1, run(altered));
        assertEquals("difference: result is 25350400.00, and follows as 15350400.00.\n", err);
        assertFalse(out.contains("OK"));
    }

    @Test
    void anotherHashIsADifference() {
        assertEquals(1, run(SAMPLE, "--sha256", "0".repeat(64)));
        assertEquals("difference: the hash asked for is another.\n", err);
    }

    @Test
    void whatIsNoSheetIsSaidInASentence() throws IOException {
        for (byte[] content : List.of(new byte[0], new byte[] {(byte) 0xff, 0}, "[".repeat(19_999).getBytes(StandardCharsets.US_ASCII), "{\"a\":1}".getBytes(StandardCharsets.US_ASCII),
                (Files.readString(SAMPLE) + "\n").getBytes(StandardCharsets.UTF_8))) {
            assertEquals(1, run(Files.write(folder.resolve("other"), content)));
            assertTrue(err.startsWith("no sheet: "), err);
            assertEquals(1, err.lines().count());
        }
    }

    @Test
    void whatCannotBeReadIsWrongUse() throws IOException {
        assertEquals(2, run(folder.resolve("missing")));
        assertTrue(err.startsWith("There is no file "), err);
        assertEquals(2, run(folder));
        assertEquals(2, run(Files.write(folder.resolve("huge"), new byte[20_001])));
        assertTrue(err.endsWith(" has more than 20000 octets.\n"), err);
        assertEquals(2, run(SAMPLE, "--sha256", "x"));
        assertEquals(2, run(SAMPLE, "--other"));
        assertEquals(2, run(SAMPLE, SAMPLE.toString()));
        assertEquals(2, command(List.of()));
        assertTrue(err.contains("usage: bin/sheet"), err);
    }

    private int run(Path file, String... options) {
        List<String> words = new ArrayList<>(List.of(file.toString()));
        words.addAll(List.of(options));
        return command(words);
    }

    private int command(List<String> words) {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        ByteArrayOutputStream told = new ByteArrayOutputStream();
        int exitCode = SheetCommand.run(words, new PrintStream(printed, true, StandardCharsets.UTF_8), new PrintStream(told, true, StandardCharsets.UTF_8));
        out = printed.toString(StandardCharsets.UTF_8);
        err = told.toString(StandardCharsets.UTF_8);
        return exitCode;
    }
}
