package org.kopuro.calendar;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.kopuro.access.obligations.About;
import org.kopuro.access.obligations.MovedObligation;
import org.kopuro.access.obligations.Obligations;
import org.kopuro.access.procedures.DeadlineRule;
import org.kopuro.access.procedures.RequestKind;
import org.kopuro.access.requests.NewRequest;
import org.kopuro.access.requests.RequestView;
import org.kopuro.access.requests.Requests;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Refusal;
import org.kopuro.kernel.RefusalCode;
import org.kopuro.participants.NewContact;
import org.kopuro.testing.Rows;
import org.kopuro.testing.Scene;
import org.kopuro.testing.TestApplication;
import org.kopuro.testing.TestProcedures;

/** An official sets or clears a single day by hand: open deadlines are counted anew, and what moved is listed (ACC-30). It is Monday, 2 March 2026. */
class ChangingADayIT {

    private static final LocalDate WEDNESDAY = LocalDate.of(2026, 3, 4);
    private static final LocalDate SATURDAY = LocalDate.of(2026, 3, 7);

    private final TestApplication application = new TestApplication("TEST,PRODUCTION", Scene.NOON);
    private final String code = TestProcedures.calendar(application);

    @Test
    void movesOpenDeadlinesAndListsThem() {
        Scene scene = new Scene(Contour.TEST, application);
        String procedure = TestProcedures.publish(code);
        RequestView request = submit(scene, procedure);
        assertEquals("2026-03-09T18:00:00Z", due(request), "five working days");
        CalendarChanged off = set(WEDNESDAY, DayKind.NON_WORKING);
        assertEquals("2026-03-10T18:00:00Z", due(request));
        assertEquals(List.of("DECIDE_TEST 2026-03-09T18:00:00Z 2026-03-10T18:00:00Z"), moved(off, Contour.TEST), "CONFIRM_REQUEST, of one day, stays");
        assertEquals(List.of(), moved(off, Contour.PRODUCTION), "the other contour's");
        CalendarChanged worked = set(SATURDAY, DayKind.WORKING);
        assertEquals(List.of("DECIDE_TEST 2026-03-10T18:00:00Z 2026-03-09T18:00:00Z"), moved(worked, Contour.TEST));
        CalendarChanged on = clear(WEDNESDAY);
        assertEquals(List.of("DECIDE_TEST 2026-03-09T18:00:00Z 2026-03-07T18:00:00Z"), moved(on, Contour.TEST), "Saturday is the fifth");
        assertEquals(List.of(), moved(set(SATURDAY, DayKind.WORKING), Contour.TEST), "nothing that was so already");
        application.run(Requests.class, requests -> requests.retract(request.id(), Contour.TEST, Scene.OFFICIAL));
        assertEquals(List.of(), moved(set(WEDNESDAY, DayKind.NON_WORKING), Contour.TEST), "what is closed stays as it was");
    }

    @Test
    void isOfOneKindAtATimeAndToldToTheLedger() {
        set(WEDNESDAY, DayKind.NON_WORKING);
        CalendarChanged again = set(WEDNESDAY, DayKind.WORKING);
        assertEquals(DayKind.WORKING, calendar().kind(WEDNESDAY).orElseThrow());
        assertEquals(again.revision(), calendar().revision());
        assertEquals(List.of("by a decree"), Rows.of("select source from calendar.day where calendar = ? and day = ?", code, WEDNESDAY));
        clear(WEDNESDAY);
        assertEquals(List.of("2026-01-01"), Rows.of("select day from calendar.day where calendar = ? and year = 2026", code));
        List<String> entries = Rows.of("select content from ledger.entry where content like '%calendar.day_changed%' and content like ? order by number", "%" + code + "%");
        assertEquals(3, entries.size());
        assertTrue(entries.get(1).contains("\"before\":\"NON_WORKING\"") && entries.get(1).contains("\"after\":\"WORKING\"") && entries.get(1).contains("\"actorRole\":\"OPERATOR\""), entries.get(1));
        assertTrue(!entries.get(2).contains("\"after\"") && !entries.toString().contains("decree"), entries.get(2));
    }

    @Test
    void isLostToTheNextImportOfItsYear() {
        set(WEDNESDAY, DayKind.NON_WORKING);
        TestProcedures.load(application, code, 2026);
        assertEquals(DayKind.WORKING, calendar().kind(WEDNESDAY).orElseThrow());
    }

    /** As the operator's command, but by an official, under his name and with the deadlines that it moves. */
    @Test
    void aWholeYearByItsFileMovesDeadlinesToo() {
        Scene scene = new Scene(Contour.TEST, application);
        RequestView request = submit(scene, TestProcedures.publish(code));
        CalendarChanged change = replace("date,kind,name\n2026-03-04,NON_WORKING,A day off\n", Contour.PRODUCTION);
        assertEquals("2026-03-10T18:00:00Z", due(request));
        assertEquals(List.of("DECIDE_TEST 2026-03-09T18:00:00Z 2026-03-10T18:00:00Z"), moved(change, Contour.TEST));
        assertRefused(CalendarRefusal.CALENDAR_NOT_OF_THIS_CONTOUR, "contour", () -> replace("date,kind,name\n2026-03-05,NON_WORKING,A day off\n", Contour.TEST));
        assertRefused(CalendarRefusal.KIND_UNKNOWN, "line 3", () -> replace("date,kind,name\n2026-03-05,NON_WORKING,A day off\n2026-03-06,MAYBE,A day off\n", Contour.PRODUCTION));
        assertEquals(change.revision(), calendar().revision(), "what is refused changes nothing");
    }

    private CalendarChanged replace(String file, Contour contour) {
        return application.with(Calendars.class, calendars -> calendars.replaceYear(code, 2026, "by a decree", CalendarFormat.CSV, file.getBytes(StandardCharsets.UTF_8), contour, Scene.OFFICIAL));
    }

    @Test
    void isRefusedWhereThereIsNothingToChangeAndChangesNothing() {
        long revision = calendar().revision();
        assertRefused(CalendarRefusal.CALENDAR_UNKNOWN, "calendar", () -> application.with(Calendars.class,
                calendars -> calendars.setDay("XX", new CalendarDay(WEDNESDAY, DayKind.NON_WORKING, "x"), "by a decree", Contour.PRODUCTION, Scene.OFFICIAL)));
        assertRefused(CalendarRefusal.CALENDAR_MISSING, "day", () -> set(LocalDate.of(2031, 3, 4), DayKind.NON_WORKING));
        assertRefused(InputRefusal.NOT_FOUND, "day", () -> clear(WEDNESDAY));
        for (String name : List.of(" ", "a\nb", "x".repeat(201))) {
            assertEquals("name", assertThrows(Refusal.class, () -> application.with(Calendars.class,
                    calendars -> calendars.setDay(code, new CalendarDay(WEDNESDAY, DayKind.NON_WORKING, name), "by a decree", Contour.PRODUCTION, Scene.OFFICIAL))).field());
        }
        assertRefused(InputRefusal.FIELD_MISSING, "source", () -> application.with(Calendars.class,
                calendars -> calendars.setDay(code, new CalendarDay(WEDNESDAY, DayKind.NON_WORKING, "x"), null, Contour.PRODUCTION, Scene.OFFICIAL)));
        assertEquals(revision, calendar().revision());
    }

    /** Calendars hold for both contours: an account of TEST must not move the deadlines of PRODUCTION. */
    @Test
    void isOfOfficialsOfProductionWhereThereIsThat() {
        CalendarDay day = new CalendarDay(WEDNESDAY, DayKind.NON_WORKING, "x");
        assertRefused(CalendarRefusal.CALENDAR_NOT_OF_THIS_CONTOUR, "contour", () -> application.with(Calendars.class,
                calendars -> calendars.setDay(code, day, "by a decree", Contour.TEST, Scene.OFFICIAL)));
        assertRefused(CalendarRefusal.CALENDAR_NOT_OF_THIS_CONTOUR, "contour", () -> application.with(Calendars.class,
                calendars -> calendars.clearDay(code, WEDNESDAY, "by a decree", Contour.TEST, Scene.OFFICIAL)));
        new TestApplication("TEST", Scene.NOON).with(Calendars.class, calendars -> calendars.setDay(code, day, "by a decree", Contour.TEST, Scene.OFFICIAL));
        assertEquals(DayKind.NON_WORKING, calendar().kind(WEDNESDAY).orElseThrow());
    }

    private static void assertRefused(RefusalCode code, String field, Executable attempt) {
        Refusal refusal = assertThrows(Refusal.class, attempt);
        assertEquals(code + " " + field, refusal.code() + " " + refusal.field());
    }

    private CalendarChanged set(LocalDate day, DayKind kind) {
        return application.with(Calendars.class, calendars -> calendars.setDay(code, new CalendarDay(day, kind, "a transfer"), "by a decree", Contour.PRODUCTION, Scene.OFFICIAL));
    }

    private CalendarChanged clear(LocalDate day) {
        return application.with(Calendars.class, calendars -> calendars.clearDay(code, day, "by a decree", Contour.PRODUCTION, Scene.OFFICIAL));
    }

    private WorkingCalendar calendar() {
        return application.with(Calendars.class, calendars -> calendars.get(code));
    }

    private List<String> moved(CalendarChanged change, Contour contour) {
        List<MovedObligation> moves = application.with(Obligations.class, obligations -> obligations.movedBy(change, contour));
        return moves.stream().map(move -> move.rule() + " " + move.before().orElseThrow() + " " + move.after().orElseThrow()).toList();
    }

    private String due(RequestView request) {
        return application.with(Obligations.class, obligations -> obligations.of(About.request(request.id().value()))).stream().filter(one -> one.rule() == DeadlineRule.DECIDE_TEST)
                .map(one -> one.dueAt().map(Instant::toString).orElseThrow()).collect(Collectors.joining());
    }

    private RequestView submit(Scene scene, String procedure) {
        return application.with(Requests.class, requests -> requests.submit(new NewRequest(RequestKind.CONNECT, scene.participant.id(), Contour.TEST, procedure, Optional.empty(),
                "office@bank.example", "Please connect us.", List.of(Scene.wish(scene.subsystem.id(), TestProcedures.service(procedure))),
                List.of(new NewContact("A Person", "IT", "Engineer", "a@example.kg", "+996 312 000000")), Set.of(), Optional.empty(), Optional.empty()), Scene.OFFICIAL));
    }
}
