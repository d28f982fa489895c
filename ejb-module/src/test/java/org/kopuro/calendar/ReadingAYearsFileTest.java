package org.kopuro.calendar;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.kopuro.kernel.Language;
import org.kopuro.kernel.Refusal;

/** A file is a year or it is refused, with the line to look at. */
class ReadingAYearsFileTest {

    private static final int YEAR = 2027;
    private static final String BEFORE = "BEGIN:VCALENDAR\nVERSION:2.0\nBEGIN:VEVENT\n";
    private static final String AFTER = "\nEND:VEVENT\nEND:VCALENDAR\n";

    @Test
    void readsTheDaysOfACsvFile() throws IOException {
        assertEquals(List.of(
                new CalendarDay(LocalDate.of(2027, 1, 1), DayKind.NON_WORKING, "Новогодние каникулы"),
                new CalendarDay(LocalDate.of(2027, 2, 20), DayKind.WORKING, "Рабочая суббота, вместо 22 февраля"),
                new CalendarDay(LocalDate.of(2027, 2, 22), DayKind.NON_WORKING, "Перенос с 20 февраля")), read(CalendarFormat.CSV, sample("year.csv")));
    }

    @Test
    void readsTheDaysOfAnIcsFile() throws IOException {
        List<CalendarDay> days = read(CalendarFormat.ICS, sample("year.ics"));
        assertEquals(8, days.size());
        assertEquals(LocalDate.of(2027, 1, 7), days.get(6).day(), "the end of an event is the day after its last");
        assertEquals(new CalendarDay(LocalDate.of(2027, 2, 20), DayKind.WORKING, "Рабочая суббота, вместо 22 февраля"), days.get(7));
    }

    @ParameterizedTest
    @EnumSource
    void acceptsAByteOrderMarkAndBothKindsOfLineEnds(CalendarFormat format) throws IOException {
        String file = new String(sample("year." + format.name().toLowerCase(Locale.ROOT)), StandardCharsets.UTF_8);
        assertEquals(read(format, file.getBytes(StandardCharsets.UTF_8)), read(format, ("\uFEFF" + file.replace("\n", "\r\n")).getBytes(StandardCharsets.UTF_8)));
    }

    @ParameterizedTest
    @EnumSource
    void refusesAFileWithoutDays(CalendarFormat format) {
        assertRefused(CalendarRefusal.FILE_EMPTY, "file", format, "");
        assertRefused(CalendarRefusal.FILE_EMPTY, "file", CalendarFormat.CSV, "date,kind,name\n");
        assertRefused(CalendarRefusal.FILE_EMPTY, "file", CalendarFormat.ICS, "BEGIN:VCALENDAR\nVERSION:2.0\nEND:VCALENDAR\n");
    }

    @ParameterizedTest
    @EnumSource
    void refusesAHugeFileBeforeReadingIt(CalendarFormat format) {
        assertRefused(CalendarRefusal.FILE_TOO_LARGE, "file", format, "x".repeat(YearFile.LIMIT_BYTES + 1));
    }

    @ParameterizedTest
    @EnumSource
    void refusesAnotherEncodingWithItsLine(CalendarFormat format) {
        byte[] file = "date,kind,name\n2027-01-01,NON_WORKING,New year\n2027-01-02,NON_WORKING,Каникулы\n".getBytes(Charset.forName("windows-1251"));
        Refusal refusal = assertThrows(Refusal.class, () -> read(format, file));
        assertEquals("LINE_NOT_UTF8 line 3", refusal.code() + " " + refusal.field());
        byte[] utf16 = "date,kind,name\n2027-01-01,NON_WORKING,New year\n".getBytes(StandardCharsets.UTF_16);
        assertEquals(CalendarRefusal.LINE_NOT_UTF8, assertThrows(Refusal.class, () -> read(format, utf16)).code());
    }

    @Test
    void aRefusalSaysTheLineAndWhatToDo() {
        Refusal refusal = refusal(CalendarFormat.CSV, "date,kind,name\n2026-12-31,NON_WORKING,Перенос\n");
        assertEquals("Line 2: 2026-12-31 is not a day of 2027.", refusal.sentence(Language.EN));
        assertTrue(refusal.whatToDo(Language.EN).startsWith("Import each year by itself"), refusal.whatToDo(Language.EN));
    }

    @ParameterizedTest
    @ValueSource(strings = {"date;kind;name", "kind,date,name", "DATE,KIND,NAME", "date,kind", "date,kind,name,note", "2027-01-01,NON_WORKING,Новый год", "<html>"})
    void refusesAnotherHeader(String header) {
        assertRefused(CalendarRefusal.HEADER_WRONG, "file", CalendarFormat.CSV, header + "\n2027-01-01,NON_WORKING,x\n");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "DATE_WRONG       | 2027-02-29,NON_WORKING,x",
        "DATE_WRONG       | 01.01.2027,NON_WORKING,x",
        "DATE_WRONG       | ` 2027-01-03,NON_WORKING,x`",
        "DATE_WRONG       | ,NON_WORKING,x",
        "DAY_OUTSIDE_YEAR | 2026-12-31,NON_WORKING,x",
        "DAY_OUTSIDE_YEAR | 2028-01-01,NON_WORKING,x",
        "DAY_OUTSIDE_YEAR | +999999999-01-01,NON_WORKING,x",
        "KIND_UNKNOWN     | 2027-01-03,working,x",
        "KIND_UNKNOWN     | 2027-01-03,,x",
        "NAME_WRONG       | 2027-01-03,WORKING,",
        "NAME_WRONG       | `2027-01-03,WORKING,\"two\nlines\"`",
        "NAME_WRONG       | `2027-01-03,WORKING,a\u202Eb`",
        "NAME_WRONG       | `2027-01-03,WORKING,a\u0000b`",
        "LINE_BROKEN      | 2027-01-03,WORKING",
        "LINE_BROKEN      | `2027-01-03,WORKING,one, two`",
        "LINE_BROKEN      | `2027-01-03,WORKING,\"open`",
        "DAY_TWICE        | 2027-01-01,NON_WORKING,again",
        "DAYS_CONTRADICT  | 2027-01-01,WORKING,again"})
    void refusesALineThatIsNoDayOfTheYear(CalendarRefusal code, String line) {
        assertRefused(code, "line 4", CalendarFormat.CSV, "date,kind,name\n2027-01-01,NON_WORKING,x\n2027-01-02,NON_WORKING,x\n" + line + "\n2027-01-04,NON_WORKING,x\n");
    }

    @Test
    void refusesANameThatIsTooLong() {
        assertRefused(CalendarRefusal.NAME_WRONG, "line 2", CalendarFormat.CSV, "date,kind,name\n2027-01-01,NON_WORKING," + "я".repeat(YearFile.NAME_LIMIT + 1) + "\n");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "EVENT_NOT_ALL_DAY | line 4 | DTSTART:20270101T000000Z~SUMMARY:x",
        "EVENT_NOT_ALL_DAY | line 4 | DTSTART;TZID=Asia/Bishkek:20270101T090000~SUMMARY:x",
        "EVENT_NOT_ALL_DAY | line 3 | SUMMARY:x",
        "EVENT_NOT_ALL_DAY | line 3 | DTSTART;VALUE=DATE:20270101~DURATION:P3D~SUMMARY:x",
        "DATE_WRONG        | line 4 | DTSTART;VALUE=DATE:20270229~SUMMARY:x",
        "DATE_WRONG        | line 5 | DTSTART;VALUE=DATE:20270102~DTEND;VALUE=DATE:20270102~SUMMARY:x",
        "DATE_WRONG        | line 5 | DTSTART;VALUE=DATE:20270102~DTEND;VALUE=DATE:20270101~SUMMARY:x",
        "DAY_OUTSIDE_YEAR  | line 5 | DTSTART;VALUE=DATE:20260101~SUMMARY:x",
        "DAY_OUTSIDE_YEAR  | line 6 | DTSTART;VALUE=DATE:20271231~DTEND;VALUE=DATE:99990101~SUMMARY:x",
        "EVENT_RECURS      | line 5 | DTSTART;VALUE=DATE:20270101~RRULE:FREQ=YEARLY~SUMMARY:x",
        "EVENT_RECURS      | line 5 | DTSTART;VALUE=DATE:20270101~RDATE;VALUE=DATE:20270102~SUMMARY:x",
        "EVENT_RECURS      | line 5 | DTSTART;VALUE=DATE:20270101~EXDATE;VALUE=DATE:20270102~SUMMARY:x",
        "EVENT_RECURS      | line 5 | DTSTART;VALUE=DATE:20270101~RECURRENCE-ID:20270101~SUMMARY:x",
        "EVENT_CANCELLED   | line 3 | DTSTART;VALUE=DATE:20270101~STATUS:CANCELLED~SUMMARY:x",
        "KIND_UNKNOWN      | line 5 | DTSTART;VALUE=DATE:20270101~CATEGORIES:WORKING,NON_WORKING~SUMMARY:x",
        "NAME_WRONG        | line 3 | DTSTART;VALUE=DATE:20270101",
        "NAME_WRONG        | line 5 | DTSTART;VALUE=DATE:20270101~SUMMARY:two\\nlines",
        "LINE_BROKEN       | line 5 | DTSTART;VALUE=DATE:20270101~DTSTART;VALUE=DATE:20270102~SUMMARY:x",
        "LINE_BROKEN       | line 5 | DTSTART;VALUE=DATE:20270101~no colon",
        "LINE_BROKEN       | line 4 | BEGIN:VEVENT~DTSTART;VALUE=DATE:20270101~END:VEVENT",
        "DAY_TWICE         | line 8 | DTSTART;VALUE=DATE:20270101~SUMMARY:x~END:VEVENT~BEGIN:VEVENT~SUMMARY:y~DTSTART;VALUE=DATE:20270101",
        "DAYS_CONTRADICT   | line 8 | DTSTART;VALUE=DATE:20270101~SUMMARY:x~END:VEVENT~BEGIN:VEVENT~SUMMARY:y~CATEGORIES:WORKING~DTSTART;VALUE=DATE:20270101"})
    void refusesAnEventThatIsNotClearlyADay(CalendarRefusal code, String where, String event) {
        assertRefused(code, where, CalendarFormat.ICS, BEFORE + event.replace('~', '\n') + AFTER);
    }

    @ParameterizedTest
    @ValueSource(strings = {"BEGIN:VCALENDAR\nVERSION:2.0\nBEGIN:VEVENT\nDTSTART;VALUE=DATE:20270101\nSUMMARY:x\nEND:VEVENT\n",
        "BEGIN:VCALENDAR\nVERSION:2.0\nBEGIN:VEVENT\nDTSTART;VALUE=DATE:20270101\nSUMMARY:x\n", "BEGIN:VCALENDAR"})
    void refusesAFileThatWasCutOff(String file) {
        assertRefused(CalendarRefusal.FILE_CUT_OFF, "file", CalendarFormat.ICS, file);
    }

    @ParameterizedTest
    @ValueSource(strings = {"date,kind,name\n", "<html>", "BEGIN:VCARD\nVERSION:3.0\nEND:VCARD\n", "VERSION:2.0\n", "END:VCALENDAR\n", "BEGIN:\n", "BEGIN:VEVENT\n"})
    void refusesWhatIsNoCalendar(String file) {
        assertRefused(CalendarRefusal.LINE_BROKEN, "line 1", CalendarFormat.ICS, file);
    }

    @Test
    void refusesAnEventThatTheEndOfTheCalendarCutsOff() {
        assertRefused(CalendarRefusal.LINE_BROKEN, "line 6", CalendarFormat.ICS, BEFORE + "DTSTART;VALUE=DATE:20270101\nSUMMARY:x\nEND:VCALENDAR\n");
    }

    @Test
    void refusesTheOldVersionWhoseRulesAreOthers() {
        assertRefused(CalendarRefusal.LINE_BROKEN, "line 3", CalendarFormat.ICS, (BEFORE + "DTSTART:20270101\nSUMMARY:x" + AFTER).replace("2.0", "1.0"));
        assertRefused(CalendarRefusal.LINE_BROKEN, "line 2", CalendarFormat.ICS, (BEFORE + "DTSTART:20270101\nSUMMARY:x" + AFTER).replace("2.0", "3.0"));
        assertRefused(CalendarRefusal.LINE_BROKEN, "line 2", CalendarFormat.ICS, (BEFORE + "DTSTART:20270101\nSUMMARY:x" + AFTER).replace("VERSION:2.0\n", ""));
    }

    @Test
    void refusesDeepNestingAtItsFirstLines() {
        assertRefused(CalendarRefusal.LINE_BROKEN, "line 10", CalendarFormat.ICS, "BEGIN:VCALENDAR\nVERSION:2.0\n" + "BEGIN:X\n".repeat(100_000));
    }

    @Test
    void takesNothingFromWhatLiesBesideOrInsideAnEvent() {
        List<CalendarDay> days = read(CalendarFormat.ICS, ("BEGIN:VCALENDAR\nVERSION:2.0\nBEGIN:VTIMEZONE\nTZID:Asia/Bishkek\nBEGIN:STANDARD\nDTSTART:19700101T000000\n"
                + "RRULE:FREQ=YEARLY\nEND:STANDARD\nEND:VTIMEZONE\nBEGIN:VTODO\nDTSTART;VALUE=DATE:20270110\nSUMMARY:x\nEND:VTODO\nBEGIN:VEVENT\nDTSTART;VALUE=DATE:20270101\n"
                + "SUMMARY:x\nATTACH:http://127.0.0.1:1/x\nBEGIN:VALARM\nDTSTART:1\nRRULE:x\nEND:VALARM\nCATEGORIES:Holidays\nEND:VEVENT\nEND:VCALENDAR\n").getBytes(StandardCharsets.UTF_8));
        assertEquals(List.of(new CalendarDay(LocalDate.of(2027, 1, 1), DayKind.NON_WORKING, "x")), days);
    }

    private static void assertRefused(CalendarRefusal code, String where, CalendarFormat format, String file) {
        Refusal refusal = refusal(format, file);
        assertEquals(code + " " + where, refusal.code() + " " + refusal.field());
        for (Language language : Language.values()) {
            assertTrue(!refusal.sentence(language).contains("{") && !refusal.whatToDo(language).contains("{"), refusal.sentence(language));
        }
    }

    private static Refusal refusal(CalendarFormat format, String file) {
        return assertThrows(Refusal.class, () -> read(format, file.getBytes(StandardCharsets.UTF_8)));
    }

    private static List<CalendarDay> read(CalendarFormat format, byte[] file) {
        return YearFile.read(format, file, YEAR);
    }

    private static byte[] sample(String name) throws IOException {
        try (InputStream file = ReadingAYearsFileTest.class.getResourceAsStream(name)) {
            return file.readAllBytes();
        }
    }
}
