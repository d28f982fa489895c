package org.kopuro.calendar;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.RandomAccessFile;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.kopuro.testing.Rows;
import org.kopuro.testing.TestDatabase;

class CalendarCommandIT {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final String code = TestCalendars.add("Asia/Bishkek");

    @TempDir
    Path folder;

    @Test
    void importsACsvFileAndSaysWhatTheYearHasNow() throws Exception {
        assertEquals(CalendarCommand.DONE, run("import", code, sample("year.csv"), "--year", "2027", "--source", "Act 1"));
        // 261 weekdays, two of them off, one Saturday worked.
        assertTrue(out().startsWith(code + " 2027: 3 named days, 260 working days in the year, revision "), out());
    }

    @Test
    void importsAnIcsFile() throws Exception {
        assertEquals(CalendarCommand.DONE, run("import", "--source", "Act 1", code, sample("year.ics"), "--year", "2027"));
        assertTrue(out().startsWith(code + " 2027: 8 named days, "), out());
    }

    @Test
    void showsAYearAsAFileThatCanBeImportedAgain() throws Exception {
        run("import", code, sample("year.csv"), "--year", "2027", "--source", "Act 1");
        assertEquals(CalendarCommand.DONE, run("show", code, "2027"));
        assertEquals(Files.readString(Path.of(sample("year.csv"))), out());
        assertTrue(err().contains("260 working days") && err().contains("source: Act 1"), err());
    }

    @Test
    void refusesAWrongFileWithItsLineAndChangesNothing() throws Exception {
        Path wrong = Files.writeString(folder.resolve("wrong.csv"), "date,kind,name\n2027-13-01,NON_WORKING,x\n");
        assertEquals(CalendarCommand.REFUSED, run("import", code, wrong.toString(), "--year", "2027", "--source", "Act 1"));
        assertTrue(err().startsWith("refused: DATE_WRONG: Line 2 has no date"), err());
        assertEquals(List.of(), Rows.of("select year from calendar.year where calendar = ?", code));
    }

    @Test
    void refusesAFileOfTwoGigabytesWithoutReadingIt() throws Exception {
        Path huge = folder.resolve("huge.ics");
        try (RandomAccessFile file = new RandomAccessFile(huge.toFile(), "rw")) {
            file.setLength(2L << 30);
        }
        assertEquals(CalendarCommand.REFUSED, run("import", code, huge.toString(), "--year", "2027", "--source", "Act 1"));
        assertTrue(err().startsWith("refused: FILE_TOO_LARGE"), err());
    }

    @Test
    void saysThatAYearOrACalendarIsNotThere() throws Exception {
        assertEquals(CalendarCommand.REFUSED, run("show", code, "2027"));
        assertTrue(err().startsWith("refused: CALENDAR_MISSING"), err());
        assertEquals(CalendarCommand.REFUSED, run("import", "XX", sample("year.csv"), "--year", "2027", "--source", "Act 1"));
        assertTrue(err().startsWith("refused: CALENDAR_UNKNOWN"), err());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "import", "show", "show KG", "show KG now", "show KG 2026 2027", "show KG 2026 --year 2026", "import KG /nowhere.csv --year 2027 --source x",
        "import KG year.txt --year 2027 --source x", "import KG year.csv --source x", "import KG year.csv --year 2027", "import KG year.csv --year 2027 --year 2028 --source x",
        "import KG year.csv --year", "import KG year.csv --years 2027 --source x", "drop KG 2026"})
    void explainsWrongUseAndTriesNothing(String line) throws SQLException {
        assertEquals(CalendarCommand.WRONG_USE, CalendarCommand.run(line.isEmpty() ? List.of() : List.of(line.split(" ")), stream(out), stream(err), () -> {
            throw new AssertionError("connected");
        }, Clock.systemUTC()));
        assertTrue(err().startsWith("error: ") && err().contains("usage: "), err());
        assertEquals("", out());
        assertFalse(err().contains("Exception"), err());
    }

    private int run(String... arguments) throws SQLException {
        out.reset();
        err.reset();
        return CalendarCommand.run(List.of(arguments), stream(out), stream(err), () -> TestDatabase.shared().owner().getConnection(), Clock.systemUTC());
    }

    private static String sample(String name) throws URISyntaxException, IOException {
        return Path.of(CalendarCommandIT.class.getResource(name).toURI()).toString();
    }

    private static PrintStream stream(ByteArrayOutputStream octets) {
        return new PrintStream(octets, true, StandardCharsets.UTF_8);
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8);
    }
}
