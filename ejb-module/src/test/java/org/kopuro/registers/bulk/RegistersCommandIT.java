package org.kopuro.registers.bulk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.kopuro.testing.TestDatabase;

class RegistersCommandIT {

    private static final Map<String, String> OWNER = Map.of(
            "KOPURO_DB_URL", TestDatabase.shared().url(),
            "KOPURO_DB_OWNER_USER", TestDatabase.OWNER, "KOPURO_DB_OWNER_PASSWORD", TestDatabase.PASSWORD,
            "KOPURO_DB_USER", TestDatabase.APPLICATION, "KOPURO_DB_PASSWORD", TestDatabase.PASSWORD);
    private static final Map<String, String> APPLICATION_ONLY = Map.of(
            "KOPURO_DB_URL", TestDatabase.shared().url(),
            "KOPURO_DB_USER", TestDatabase.APPLICATION, "KOPURO_DB_PASSWORD", TestDatabase.PASSWORD);

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    Path folder;

    @Test
    void generatesAndSumsUp() {
        assertEquals(0, run(OWNER, "generate", "--contour", "TEST", "--count", "30", "--seed", "5", "--month", "2026-05"));
        assertTrue(out().startsWith("taxpayers added: "), out());
        assertEquals(0, run(OWNER, "generate", "--contour", "TEST", "--count", "30"));
        assertTrue(out().contains("taxpayers added: 0, already there and left as they are: 30, rows added in all tables: 0"), out());
    }

    @Test
    void refusesToGenerateIntoProduction() {
        assertEquals(1, run(Map.of(), "generate", "--contour", "PRODUCTION", "--count", "30"));
        assertTrue(err().contains("SYNTHETIC_IN_PRODUCTION: Synthetic taxpayers have no place in PRODUCTION."), err());
    }

    @Test
    void loadsAnExtract() throws URISyntaxException {
        Path example = Path.of(RegistersCommandIT.class.getResource("/org/kopuro/registers/taxpayer.csv").toURI());
        assertEquals(0, run(OWNER, "load", "--contour", "TEST", "--table", "taxpayer", example.toString()));
        assertTrue(out().contains("rows read: 3"), out());
        assertTrue(out().contains("refused: 0"), out());
    }

    @Test
    void writesRefusedRowsIntoAFileInTheLanguageAskedFor() throws IOException {
        Path extract = Files.writeString(folder.resolve("headcount.csv"),
                "inn,month,insured_persons\n3,2026-06,1\n03002202499998,2026-06,1\n");
        Path errors = folder.resolve("errors.csv");
        assertEquals(1, run(OWNER, "load", "--contour", "TEST", "--table", "headcount", extract.toString(),
                "--errors", errors.toString(), "--language", "ru"));
        List<String> lines = Files.readAllLines(errors);
        assertEquals("line,column,code,sentence,what_to_do,outcome", lines.get(0));
        assertTrue(lines.get(1).startsWith("2,inn,INN_LENGTH,"), lines.get(1));
        assertTrue(lines.get(2).startsWith("3,inn,TAXPAYER_UNKNOWN,В реестре этого контура нет налогоплательщика с таким ИНН."), lines.get(2));
        assertEquals("", err());
    }

    @Test
    void showsTheFirstRefusedRowsWithoutAFile() throws IOException {
        Path extract = Files.writeString(folder.resolve("headcount.csv"), "inn,month,insured_persons\n" + "x,y,z\n".repeat(25));
        assertEquals(1, run(OWNER, "load", "--contour", "TEST", "--table", "headcount", extract.toString()));
        assertTrue(err().startsWith("line 2, inn: INN_NOT_DIGITS: "), err());
        assertTrue(err().contains("5 more refused rows; --errors FILE writes them all"), err());
    }

    @Test
    void refusesToOverwriteTheExtractWithItsErrors() throws IOException {
        Path extract = Files.writeString(folder.resolve("headcount.csv"), "inn,month,insured_persons\n");
        assertEquals(2, run(OWNER, "load", "--contour", "TEST", "--table", "headcount", extract.toString(), "--errors", extract.toString()));
        assertEquals("inn,month,insured_persons\n", Files.readString(extract));
    }

    @Test
    void saysInOneSentenceThatTheRoleMayNotLoad() {
        assertEquals(1, run(APPLICATION_ONLY, "generate", "--contour", "TEST", "--count", "30"));
        assertTrue(err().contains("42501"), err());
        assertNoStackTrace();
    }

    @Test
    void saysInOneSentenceThatTheDatabaseIsAway() {
        assertEquals(1, run(Map.of("KOPURO_DB_URL", "jdbc:postgresql://127.0.0.1:1/kopuro", "KOPURO_DB_USER", "x"),
                "generate", "--contour", "TEST", "--count", "30"));
        assertTrue(err().contains("08001"), err());
        assertNoStackTrace();
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "",
        "drop",
        "generate",
        "generate --contour TEST",
        "generate --contour BOTH --count 10",
        "generate --contour TEST --count 2",
        "generate --contour TEST --count 10000001",
        "generate --contour TEST --count ten",
        "generate --contour TEST --count 10 --month 2026-13",
        "generate --contour TEST --count 10 --month 1026-01",
        "generate --contour TEST --count 10 --count 10",
        "generate --contour TEST --count 10 file.csv",
        "generate --contour TEST --count 10 --table taxpayer",
        "generate --contour TEST --count 10 --language de",
        "generate --contour TEST --count",
        "load --contour TEST --table taxpayer",
        "load --contour TEST --table district /dev/null",
        "load --contour TEST --table taxpayer /nowhere.csv",
        "load --contour TEST --table taxpayer /tmp",
        "load --contour TEST --table taxpayer a.csv b.csv",
        "load --table taxpayer a.csv",
    })
    void explainsWrongUseAndTriesNothing(String line) {
        assertEquals(2, run(OWNER, line.isEmpty() ? new String[0] : line.split(" ")));
        assertTrue(err().startsWith("error: ") && err().contains("usage: "), err());
        assertEquals("", out());
        assertNoStackTrace();
    }

    @Test
    void needsToKnowWhereTheDatabaseIs() {
        assertEquals(2, run(Map.of(), "generate", "--contour", "TEST", "--count", "30"));
        assertTrue(err().contains("KOPURO_DB_URL is not set"), err());
    }

    private int run(Map<String, String> environment, String... args) {
        out.reset();
        err.reset();
        return RegistersCommand.run(args, new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8), environment);
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    private void assertNoStackTrace() {
        assertFalse(err().contains("\tat ") || err().contains("Exception"), err());
    }
}
