package org.kopuro.access.duties;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.YearMonth;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.kopuro.access.AccessRefusal;
import org.kopuro.access.ConnectionEvent;
import org.kopuro.access.letters.Letter;
import org.kopuro.installation.Installation;
import org.kopuro.kernel.Actor;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Refusal;
import org.kopuro.kernel.RefusalCode;
import org.kopuro.testing.Rows;
import org.kopuro.testing.Scene;

/** Participants' reports and incidents: 003 §13.1, §14.6 to §14.9. The scene's day is Monday, 2 March 2026; 8 and 20 March are days off. */
class ReportingIT {

    private static final Actor ADMINISTRATOR = Actor.of(UUID.fromString("00000000-0000-4000-8000-000000000003"), "PARTICIPANT");

    private final Scene scene = new Scene();

    @ParameterizedTest(name = "changed on {0}, told at {1}: late {2}")
    @CsvSource({"2026-03-02, 2026-03-05T23:59, false", "2026-03-02, 2026-03-06T00:00, true", "2026-02-28, 2026-03-04T23:59, false", "2026-03-17, 2026-03-23T23:59, false",
            "2026-03-17, 2026-03-24T00:00, true"})
    void newsOfParticularsAreInTimeForThreeWorkingDaysAndOpenAnIncidentAfterwards(LocalDate day, String told, boolean late) {
        scene.application.clock().set(bishkek(told));
        ReportView report = file(ofDay(ReportKind.PARTICULARS_CHANGED, day, Optional.empty()));
        assertEquals(Optional.of(late), report.late());
        assertEquals(late ? List.of("PARTICIPANT LOW OPEN") : List.of(), incidents(report));
    }

    @ParameterizedTest(name = "begins on {0}, told at {1}: late {2}")
    @CsvSource({"2026-03-06, 2026-03-02T23:59, false", "2026-03-06, 2026-03-03T00:00, true", "2026-03-24, 2026-03-17T23:59, false", "2026-03-24, 2026-03-18T00:00, true"})
    void liquidationIsToldThreeWorkingDaysAheadAndToldLaterIsRecorded(LocalDate day, String told, boolean late) {
        scene.application.clock().set(bishkek(told));
        for (ReportKind kind : List.of(ReportKind.LIQUIDATION, ReportKind.REORGANISATION)) {
            ReportView report = file(ofDay(kind, day, Optional.empty()));
            assertEquals(Optional.of(late), report.late());
            assertEquals(List.of(), incidents(report));
        }
    }

    @Test
    void aLetterCountsFromItsReceipt() {
        scene.application.clock().set(bishkek("2026-03-10T12:00"));
        Letter letter = new Letter("bank@example.kg", bishkek("2026-03-05T10:00"));
        NewReport report = ofDay(ReportKind.PARTICULARS_CHANGED, LocalDate.of(2026, 3, 2), Optional.of(letter));
        assertEquals(Optional.of(false), scene.application.with(Reports.class, reports -> reports.file(report, Contour.TEST, Scene.OFFICIAL)).late());
        Letter ofTomorrow = new Letter("bank@example.kg", now().plusSeconds(1));
        assertRefused(DutyRefusal.LETTER_IN_THE_FUTURE, () -> scene.application.with(Reports.class,
                reports -> reports.file(ofDay(ReportKind.LIQUIDATION, LocalDate.of(2026, 3, 2), Optional.of(ofTomorrow)), Contour.TEST, Scene.OFFICIAL)));
    }

    @Test
    void whereTheCalendarDoesNotReachNothingIsGuessed() {
        ReportView report = file(ofDay(ReportKind.LIQUIDATION, LocalDate.of(2028, 3, 2), Optional.empty()));
        assertEquals(Optional.empty(), report.late());
        assertEquals(Optional.empty(), report.dueAt());
    }

    @Test
    void outagesAndBreachesOpenIncidents() {
        assertEquals(List.of("PARTICIPANT MEDIUM OPEN"), incidents(file(outage("2026-03-02T10:00", null))));
        assertEquals(List.of("PARTICIPANT HIGH OPEN"), incidents(file(new NewReport(ReportKind.BREACH, scene.participant.id(), Scene.PROCEDURE, Optional.empty(), Optional.empty(),
                Optional.of(now()), Optional.empty(), "Somebody read our logs"))));
    }

    @Test
    void downtimeIsSummedPerMonthAndCountsNoMomentTwice() {
        scene.application.clock().set(bishkek("2026-04-10T12:00"));
        file(outage("2026-02-28T23:00", "2026-03-01T02:00"));
        file(outage("2026-03-01T01:00", "2026-03-01T03:00"));
        ReportView open = file(outage("2026-04-10T11:00", null));
        file(outage("2026-04-20T11:00", "2026-04-20T12:00"));
        assertEquals(List.of(month(2, 1), month(3, 3), month(4, 1), month(5, 0)), downtime());
        scene.application.with(Reports.class, reports -> reports.endOutage(open.id(), Contour.TEST, bishkek("2026-04-10T11:30"), ADMINISTRATOR));
        assertEquals(new MonthlyDowntime(YearMonth.of(2026, 4), Duration.ofMinutes(30)), downtime().get(2));
        Scene other = new Scene(Contour.TEST, scene.application);
        assertEquals(Duration.ZERO, scene.application.with(Reports.class, reports -> reports.downtime(other.participant.id(), Contour.TEST, YearMonth.of(2026, 3), YearMonth.of(2026, 3))).get(0).downtime());
    }

    @Test
    void theEndOfAnOutageIsToldOnce() {
        ReportView open = file(outage("2026-03-02T10:00", null));
        assertRefused(DutyRefusal.REPORTED_FOR_THE_FUTURE, () -> end(open, now().plusSeconds(1)));
        assertRefused(DutyRefusal.NO_OPEN_OUTAGE, () -> end(open, bishkek("2026-03-02T10:00")));
        assertEquals(Optional.of(now()), end(open, now()).end());
        assertRefused(DutyRefusal.NO_OPEN_OUTAGE, () -> end(open, now()));
        assertRefused(DutyRefusal.NO_OPEN_OUTAGE, () -> end(file(outage("2026-03-02T10:00", "2026-03-02T11:00")), now()));
        assertRefused(DutyRefusal.NO_OPEN_OUTAGE, () -> end(file(ofDay(ReportKind.LIQUIDATION, scene.today(), Optional.empty())), now()));
    }

    @Test
    void whatIsReportedIsPossible() {
        assertRefused(DutyRefusal.REPORTED_FOR_THE_FUTURE, () -> file(ofDay(ReportKind.PARTICULARS_CHANGED, scene.today().plusDays(1), Optional.empty())));
        assertRefused(InputRefusal.FIELD_INVALID, () -> file(ofDay(ReportKind.PARTICULARS_CHANGED, scene.today().minusYears(4), Optional.empty())));
        assertRefused(InputRefusal.FIELD_MISSING, () -> new NewReport(ReportKind.LIQUIDATION, scene.participant.id(), Scene.PROCEDURE, Optional.empty(), Optional.empty(), Optional.empty(),
                Optional.empty(), "x"));
        assertRefused(DutyRefusal.OUTAGE_REVERSED, () -> outage("2026-03-02T10:00", "2026-03-02T10:00"));
        scene.apply(ConnectionEvent.DISCONNECT);
        assertRefused(AccessRefusal.PARTICIPANT_NOT_CONNECTED, () -> file(ofDay(ReportKind.PARTICULARS_CHANGED, scene.today(), Optional.empty())));
    }

    @Test
    void theDatabaseHoldsTheSameTable() {
        Set<String> java = new HashSet<>(Set.of("NONE OPEN OPEN"));
        for (IncidentState state : IncidentState.values()) {
            for (IncidentEvent event : IncidentEvent.values()) {
                state.on(event).ifPresent(next -> java.add(state + " " + event + " " + next));
            }
        }
        assertEquals(java, new HashSet<>(Rows.of("select from_state || ' ' || event || ' ' || to_state from access.incident_transition")));
    }

    @ParameterizedTest
    @EnumSource(IncidentSource.class)
    void anIncidentHasMeasuresAndAnOutcome(IncidentSource source) {
        IncidentView opened = incident(incidents -> incidents.open(new NewIncident(source, IncidentSeverity.CRITICAL, Optional.of(scene.participant.id()), "Odd calls"), Contour.TEST, Scene.OFFICIAL));
        incident(incidents -> incidents.measure(opened.id(), Contour.TEST, "Called the bank", Scene.OFFICIAL));
        incident(incidents -> incidents.measure(opened.id(), Contour.TEST, "Read the log", Scene.APPROVER));
        scene.application.clock().advance(Duration.ofHours(1));
        IncidentView closed = incident(incidents -> incidents.close(opened.id(), Contour.TEST, "A mistake in a loop", Scene.OFFICIAL));
        assertEquals(IncidentState.CLOSED, closed.state());
        assertEquals(Optional.of(now()), closed.closedAt());
        assertEquals("Odd calls", closed.text());
        assertEquals(List.of("Called the bank", "Read the log"), closed.measures());
        assertEquals(Optional.of("A mistake in a loop"), closed.outcome());
    }

    @Test
    void aClosedIncidentStaysAsItIs() {
        IncidentView opened = incident(incidents -> incidents.open(new NewIncident(IncidentSource.OFFICER, IncidentSeverity.LOW, Optional.empty(), "x"), Contour.TEST, Scene.OFFICIAL));
        assertRefused(InputRefusal.NOT_FOUND, () -> incident(incidents -> incidents.close(opened.id(), Contour.PRODUCTION, "x", Scene.OFFICIAL)));
        incident(incidents -> incidents.close(opened.id(), Contour.TEST, "x", Scene.OFFICIAL));
        assertRefused(InputRefusal.TRANSITION_NOT_ALLOWED, () -> incident(incidents -> incidents.measure(opened.id(), Contour.TEST, "x", Scene.OFFICIAL)));
        assertRefused(InputRefusal.TRANSITION_NOT_ALLOWED, () -> incident(incidents -> incidents.close(opened.id(), Contour.TEST, "x", Scene.OFFICIAL)));
        assertThrows(IllegalStateException.class, () -> Rows.change("update access.incident set state = 'OPEN' where id = ?", opened.id().value()));
        assertThrows(IllegalStateException.class, () -> Rows.change("delete from access.incident_event where incident_id = ?", opened.id().value()));
    }

    private IncidentView incident(Function<Incidents, IncidentView> useCase) {
        return scene.application.with(Incidents.class, useCase);
    }

    private ReportView file(NewReport report) {
        return scene.application.with(Reports.class, reports -> reports.file(report, Contour.TEST, ADMINISTRATOR));
    }

    private ReportView end(ReportView report, Instant end) {
        return scene.application.with(Reports.class, reports -> reports.endOutage(report.id(), Contour.TEST, end, ADMINISTRATOR));
    }

    private NewReport ofDay(ReportKind kind, LocalDate day, Optional<Letter> letter) {
        return new NewReport(kind, scene.participant.id(), Scene.PROCEDURE, letter, Optional.of(day), Optional.empty(), Optional.empty(), "in a test");
    }

    private NewReport outage(String start, String end) {
        return new NewReport(ReportKind.OUTAGE, scene.participant.id(), Scene.PROCEDURE, Optional.empty(), Optional.empty(), Optional.of(bishkek(start)),
                Optional.ofNullable(end).map(ReportingIT::bishkek), "Power cut");
    }

    private List<MonthlyDowntime> downtime() {
        return scene.application.with(Reports.class, reports -> reports.downtime(scene.participant.id(), Contour.TEST, YearMonth.of(2026, 2), YearMonth.of(2026, 5)));
    }

    private static MonthlyDowntime month(int month, long hours) {
        return new MonthlyDowntime(YearMonth.of(2026, month), Duration.ofHours(hours));
    }

    private static List<String> incidents(ReportView report) {
        return Rows.of("select source || ' ' || severity || ' ' || state from access.incident where report_id = ?", report.id().value());
    }

    private Instant now() {
        return scene.application.clock().instant();
    }

    private static Instant bishkek(String text) {
        return LocalDateTime.parse(text).atZone(Installation.ZONE).toInstant();
    }

    private static void assertRefused(RefusalCode code, Executable attempt) {
        assertEquals(code, assertThrows(Refusal.class, attempt).code());
    }
}
