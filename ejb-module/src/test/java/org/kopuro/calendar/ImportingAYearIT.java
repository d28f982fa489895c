package org.kopuro.calendar;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonObject;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.kopuro.installation.SqlFailure;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Refusal;
import org.kopuro.kernel.RefusalCode;
import org.kopuro.ledger.proof.CanonicalJson;
import org.kopuro.ledger.proof.Unproven;
import org.kopuro.testing.Rows;
import org.kopuro.testing.Scene;
import org.kopuro.testing.TestApplication;
import org.kopuro.testing.TestDatabase;

class ImportingAYearIT {

    private static final Instant NOON = Instant.parse("2026-12-01T06:00:00Z");
    private static final String SOURCE = "Постановление № 1";

    private final TestApplication application = new TestApplication("TEST", NOON);
    private final String code = TestCalendars.add("Asia/Bishkek");

    @Test
    void makesItsDaysCount() {
        assertEquals(new Deadline.CalendarMissing(code, 2027), calendar().forward(LocalDate.of(2027, 1, 1), 1));
        replace(2027, "2027-01-04,NON_WORKING,Отдых", "2027-01-09,WORKING,Суббота");
        assertEquals(LocalDate.of(2027, 1, 5), calendar().forward(LocalDate.of(2027, 1, 1), 1).orRefuse().day());
        assertEquals(LocalDate.of(2027, 1, 9), calendar().forward(LocalDate.of(2027, 1, 8), 1).orRefuse().day());
        assertEquals(Optional.of(new CalendarYear(code, 2027, SOURCE, NOON, List.of(
                new CalendarDay(LocalDate.of(2027, 1, 4), DayKind.NON_WORKING, "Отдых"),
                new CalendarDay(LocalDate.of(2027, 1, 9), DayKind.WORKING, "Суббота")))), application.with(Calendars.class, calendars -> calendars.year(code, 2027)));
    }

    @Test
    void replacesTheWholeYearAndNoOther() {
        replace(2026, "2026-05-01,NON_WORKING,Праздник");
        replace(2027, "2027-05-03,NON_WORKING,Праздник");
        replace(2027, "2027-05-04,NON_WORKING,Другой");
        assertEquals(List.of("2026-05-01", "2027-05-04"), Rows.of("select day from calendar.day where calendar = ? order by day", code));
        assertEquals(List.of(2026, 2027), view().years());
    }

    @Test
    void isToldInItsTransactionAndCountedByTheRevision() {
        long before = view().revision();
        CalendarChanged change = replace(2027, "2027-05-03,NON_WORKING,Праздник");
        assertTrue(change.revision() > before);
        assertEquals(new CalendarChanged(code, 2027, view().revision()), change);
        assertEquals(List.of(change), application.fired());
        assertEquals(change.revision(), calendar().revision());
        assertEquals(change.revision(), application.with(Calendars.class, Calendars::revisions).get(code));
    }

    @Test
    void isRecordedInTheLedgerWithTheDays() throws Unproven {
        CalendarChanged change = replace(2027, "2027-05-03,NON_WORKING,Праздник", "2027-05-08,WORKING,Суббота");
        List<String> entries = ledger();
        assertEquals(1, entries.size());
        JsonObject entry = CanonicalJson.parse(entries.get(0), "entry");
        assertEquals("calendar.year_replaced", entry.getString("type"));
        assertEquals("{\"actor\":\"" + Scene.OFFICIAL.account().orElseThrow() + "\",\"actorRole\":\"" + Scene.OFFICIAL.role() + "\",\"calendar\":\"" + code + "\",\"nonWorking\":[\"2027-05-03\"],\"revision\":" + change.revision()
                + ",\"sourceSha256\":\"" + Rows.of("select encode(sha256(convert_to(?, 'UTF8')), 'hex')", SOURCE).get(0)
                + "\",\"working\":[\"2027-05-08\"],\"year\":2027}", entry.getJsonObject("data").toString());
    }

    @Test
    void theOperatorsCommandDoesTheSameButFiresNothing() throws SQLException {
        try (Connection owner = TestDatabase.shared().owner().getConnection()) {
            new CalendarAdministration(owner, Clock.systemUTC()).replaceYear(code, 2027, SOURCE, CalendarFormat.CSV, csv("2027-05-03,NON_WORKING,Праздник"));
            assertTrue(owner.getAutoCommit());
        }
        assertEquals(DayKind.NON_WORKING, calendar().kind(LocalDate.of(2027, 5, 3)).orElseThrow());
        assertEquals(1, ledger().size());
        assertFalse(ledger().get(0).contains("actor"), "it knows no account");
        assertEquals(List.of(), application.fired());
        assertTrue(calendar().revision() > 0);
    }

    @Test
    void aRefusedFileChangesNothing() throws SQLException {
        replace(2027, "2027-05-03,NON_WORKING,Праздник");
        long revision = view().revision();
        byte[] wrong = csv("2027-05-04,NON_WORKING,Праздник", "2027-05-32,NON_WORKING,Праздник");
        refused(CalendarRefusal.DATE_WRONG, () -> application.with(Calendars.class, calendars -> calendars.replaceYear(code, 2027, SOURCE, CalendarFormat.CSV, wrong, Contour.PRODUCTION, Scene.OFFICIAL)));
        try (Connection owner = TestDatabase.shared().owner().getConnection()) {
            CalendarAdministration administration = new CalendarAdministration(owner, Clock.systemUTC());
            refused(CalendarRefusal.DATE_WRONG, () -> administration.replaceYear(code, 2027, SOURCE, CalendarFormat.CSV, wrong));
        }
        assertEquals(List.of("2027-05-03"), Rows.of("select day from calendar.day where calendar = ?", code));
        assertEquals(revision, view().revision());
        assertEquals(1, ledger().size());
    }

    @Test
    void anImportThatBreaksOffLeavesTheYearAsItWas() {
        replace(2027, "2027-05-03,NON_WORKING,Праздник");
        long revision = view().revision();
        assertThrows(IllegalStateException.class, () -> application.run(Calendars.class, calendars -> {
            calendars.replaceYear(code, 2027, SOURCE, CalendarFormat.CSV, csv("2027-05-04,NON_WORKING,Праздник"), Contour.PRODUCTION, Scene.OFFICIAL);
            throw new IllegalStateException("an observer that cannot recompute");
        }));
        assertEquals(List.of("2027-05-03"), Rows.of("select day from calendar.day where calendar = ?", code));
        assertEquals(revision, view().revision());
        assertEquals(1, ledger().size());
    }

    @Test
    void aCommandThatBreaksOffLeavesTheYearAsItWas() throws SQLException {
        replace(2027, "2027-05-03,NON_WORKING,Праздник");
        try (Connection owner = TestDatabase.shared().owner().getConnection()) {
            Connection withoutLedger = (Connection) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                if (method.getName().equals("prepareStatement") && ((String) arguments[0]).contains("ledger.entry")) {
                    throw new SQLException("the ledger takes no entry");
                }
                return method.invoke(owner, arguments);
            });
            assertThrows(SqlFailure.class, () -> new CalendarAdministration(withoutLedger, Clock.systemUTC())
                    .replaceYear(code, 2027, SOURCE, CalendarFormat.CSV, csv("2027-05-04,NON_WORKING,Праздник")));
            assertTrue(owner.getAutoCommit());
        }
        assertEquals(List.of("2027-05-03"), Rows.of("select day from calendar.day where calendar = ?", code));
    }

    @Test
    void refusesACalendarThatThereIsNot() {
        refused(CalendarRefusal.CALENDAR_UNKNOWN, () -> application.with(Calendars.class, calendars -> calendars.get("XX")));
        refused(CalendarRefusal.CALENDAR_UNKNOWN, () -> application.with(Calendars.class,
                calendars -> calendars.replaceYear("XX", 2027, SOURCE, CalendarFormat.CSV, csv("2027-05-03,NON_WORKING,Праздник"), Contour.PRODUCTION, Scene.OFFICIAL)));
    }

    @ParameterizedTest
    @CsvSource({"1999, x, YEAR_OUT_OF_RANGE", "2101, x, YEAR_OUT_OF_RANGE", "2027, ' ', FIELD_MISSING"})
    void refusesAYearOrASourceThatCannotBe(int year, String source, String refusal) {
        Refusal refused = assertThrows(Refusal.class, () -> application.with(Calendars.class,
                calendars -> calendars.replaceYear(code, year, source, CalendarFormat.CSV, csv(year + "-05-03,NON_WORKING,Праздник"), Contour.PRODUCTION, Scene.OFFICIAL)));
        assertEquals(refusal, refused.code().name());
    }

    @Test
    void refusesASourceThatIsTooLong() {
        refused(InputRefusal.FIELD_TOO_LONG, () -> application.with(Calendars.class,
                calendars -> calendars.replaceYear(code, 2027, "x".repeat(1001), CalendarFormat.CSV, csv("2027-05-03,NON_WORKING,Праздник"), Contour.PRODUCTION, Scene.OFFICIAL)));
    }

    @Test
    void ofTwoImportersTheSecondWaitsAndReplacesTheFirst() throws Exception {
        replace(2027, "2027-05-03,NON_WORKING,Праздник");
        secondWaitsAndReplaces(2027);
    }

    @Test
    void ofTwoImportersOfANewYearTheSecondWaitsAndReplacesTheFirst() throws Exception {
        secondWaitsAndReplaces(2028);
    }

    private void secondWaitsAndReplaces(int year) throws Exception {
        ExecutorService other = Executors.newSingleThreadExecutor();
        try {
            TestApplication.Open<CalendarChanged> first = application.begin(Calendars.class,
                    calendars -> calendars.replaceYear(code, year, SOURCE, CalendarFormat.CSV, csv(year + "-06-01,NON_WORKING,A", year + "-06-02,NON_WORKING,A"), Contour.PRODUCTION, Scene.OFFICIAL));
            CompletableFuture<CalendarChanged> second = CompletableFuture.supplyAsync(() -> replace(year, year + "-06-02,WORKING,B", year + "-06-03,NON_WORKING,B"), other);
            assertThrows(TimeoutException.class, () -> second.get(300, TimeUnit.MILLISECONDS));
            first.commit();
            assertTrue(second.get(20, TimeUnit.SECONDS).revision() > first.result().revision());
            assertEquals(List.of(year + "-06-02 WORKING B", year + "-06-03 NON_WORKING B"),
                    Rows.of("select day || ' ' || kind || ' ' || name from calendar.day where calendar = ? and year = ? order by day", code, year));
        } finally {
            other.shutdownNow();
        }
    }

    @Test
    void manyImportersNeverMixTheirDays() {
        List<CompletableFuture<CalendarChanged>> importers = IntStream.range(0, 12).mapToObj(i -> CompletableFuture.supplyAsync(() -> replace(2027 + i % 2,
                IntStream.rangeClosed(1, 9).mapToObj(day -> (2027 + i % 2) + "-0" + (i / 2 + 1) + "-0" + day + ",NON_WORKING,importer " + i).toArray(String[]::new)))).toList();
        importers.forEach(CompletableFuture::join);
        for (int year : List.of(2027, 2028)) {
            assertEquals(List.of("9"), Rows.of("select count(*) from calendar.day where calendar = ? and year = ?", code, year));
            assertEquals(List.of("1"), Rows.of("select count(distinct name) from calendar.day where calendar = ? and year = ?", code, year));
        }
        assertEquals(12, importers.stream().map(CompletableFuture::join).map(CalendarChanged::revision).distinct().count(), "each saw a state of its own");
    }

    @Test
    void aReaderSeesAYearWholeWhileItIsReplaced() {
        replace(2027, "2027-05-03,NON_WORKING,Праздник");
        TestApplication.Open<CalendarChanged> open = application.begin(Calendars.class,
                calendars -> calendars.replaceYear(code, 2027, SOURCE, CalendarFormat.CSV, csv("2027-05-04,NON_WORKING,Праздник"), Contour.PRODUCTION, Scene.OFFICIAL));
        assertEquals(DayKind.NON_WORKING, calendar().kind(LocalDate.of(2027, 5, 3)).orElseThrow());
        open.commit();
        assertEquals(DayKind.WORKING, calendar().kind(LocalDate.of(2027, 5, 3)).orElseThrow());
    }

    @Test
    void theOwnersOwnCorrectionsAreCountedAsWell() {
        replace(2027, "2027-05-03,NON_WORKING,Праздник");
        for (String correction : List.of("update calendar.day set kind = 'WORKING' where calendar = ?", "update calendar.year set source = 'x' where calendar = ?",
                "update calendar.calendar set weekend = '{7}' where code = ?", "delete from calendar.day where calendar = ?",
                "insert into calendar.day (calendar, day, kind, name) values (?, '2027-05-05', 'NON_WORKING', 'x')", "update calendar.calendar set revision = 0 where code = ?")) {
            long before = view().revision();
            TestCalendars.run(correction, code);
            assertEquals(before + 1, view().revision(), correction);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "23503 | insert into calendar.day (calendar, day, kind, name) values ('RU', '2024-01-01', 'NON_WORKING', 'a year that is not loaded')",
        "23505 | insert into calendar.day (calendar, day, kind, name) values ('RU', '2025-01-01', 'WORKING', 'the other kind')",
        "23514 | insert into calendar.day (calendar, day, kind, name) values ('RU', '2025-03-03', 'MAYBE', 'no kind')",
        "23514 | insert into calendar.year (calendar, year, source, imported_at) values ('RU', 1999, 'x', now())",
        "23514 | insert into calendar.calendar (code, zone, weekend) values ('ZZ', 'Asia/Bishkek', '{1,2,3,4,5,6,7}')",
        "23514 | insert into calendar.calendar (code, zone, weekend) values ('ZZ', 'Asia/Bishkek', '{8}')",
        "23514 | insert into calendar.calendar (code, zone, weekend) values ('ZZ', 'MSK', '{6,7}')",
        "22023 | insert into calendar.calendar (code, zone, weekend) values ('ZZ', 'Asia/Nowhere', '{6,7}')"})
    void theDatabaseKeepsTheRulesForTheOwnerToo(String state, String sql) {
        assertEquals(state, state(TestDatabase.shared().owner(), sql));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "update calendar.calendar set revision = 0", "insert into calendar.calendar (code, zone, weekend) values ('ZZ', 'Asia/Bishkek', '{6,7}')", "delete from calendar.calendar",
        "delete from calendar.year", "update calendar.year set year = 2030", "update calendar.day set kind = 'WORKING'"})
    void theApplicationHasNoOtherWayThanToReplaceAYear(String sql) {
        assertEquals("42501", state(TestDatabase.shared().application(), sql));
    }

    @Test
    void theYearsThatShipCountAsManyWorkingDaysAsWerePublished() {
        WorkingCalendar russia = application.with(Calendars.class, calendars -> calendars.get("RU"));
        assertEquals(247, workingDays(russia, 2025));
        assertEquals(247, workingDays(russia, 2026));
        assertEquals(DayKind.WORKING, russia.kind(LocalDate.of(2025, 11, 1)).orElseThrow());
        assertEquals(Optional.empty(), russia.kind(LocalDate.of(2027, 1, 1)));
        assertEquals(List.of("KG", "RU"), application.with(Calendars.class, Calendars::list).stream().map(CalendarView::code).filter(Map.of("KG", 1, "RU", 1)::containsKey).toList());
    }

    /** One per procedure that crosses a holiday and, where there was one, a day worked instead (ACC-111). */
    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "RU-422/696 TEST 2 WD,    RU, 2025-10-31T12:00, 2, 2025-11-05",
        "RU-1221 connect 5 WD,    RU, 2025-10-30T12:00, 5, 2025-11-07",
        "KG-147 §14.6 change 3 WD, KG, 2026-08-28T12:00, 3, 2026-09-03",
        "KG-147 decision 5 WD,    KG, 2026-04-29T12:00, 5, 2026-05-14"})
    void deadlinesCrossTheHolidaysThatShip(String example, String calendar, LocalDateTime event, int n, LocalDate expected) {
        WorkingCalendar shipped = application.with(Calendars.class, calendars -> calendars.get(calendar));
        assertEquals(expected, shipped.due(event.atZone(shipped.zone()).toInstant(), n).orRefuse().day());
    }

    private static long workingDays(WorkingCalendar calendar, int year) {
        return LocalDate.of(year, 1, 1).datesUntil(LocalDate.of(year + 1, 1, 1)).filter(day -> calendar.kind(day).orElseThrow() == DayKind.WORKING).count();
    }

    private CalendarChanged replace(int year, String... lines) {
        return application.with(Calendars.class, calendars -> calendars.replaceYear(code, year, SOURCE, CalendarFormat.CSV, csv(lines), Contour.PRODUCTION, Scene.OFFICIAL));
    }

    private WorkingCalendar calendar() {
        return application.with(Calendars.class, calendars -> calendars.get(code));
    }

    private CalendarView view() {
        CalendarView view = application.with(Calendars.class, Calendars::list).stream().filter(each -> each.code().equals(code)).findFirst().orElseThrow();
        assertEquals(ZoneId.of("Asia/Bishkek"), view.zone());
        assertFalse(view.weekend().isEmpty());
        return view;
    }

    private List<String> ledger() {
        return Rows.of("select e.content from ledger.entry e join calendar.calendar c on c.id = e.record_id where c.code = ? order by e.number", code);
    }

    private static byte[] csv(String... lines) {
        return ("date,kind,name\n" + String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    private static void refused(RefusalCode code, Executable useCase) {
        assertEquals(code, assertThrows(Refusal.class, useCase).code());
    }

    private static String state(DataSource source, String sql) {
        try (Connection connection = source.getConnection(); Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute(sql);
            connection.rollback();
            return "";
        } catch (SQLException e) {
            return e.getSQLState();
        }
    }
}
