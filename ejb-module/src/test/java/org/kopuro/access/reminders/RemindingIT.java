package org.kopuro.access.reminders;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.kopuro.access.ConnectionState;
import org.kopuro.access.letters.Letters;
import org.kopuro.access.procedures.DeadlineRule;
import org.kopuro.access.procedures.RequestKind;
import org.kopuro.access.requests.DueDates;
import org.kopuro.access.requests.NewRequest;
import org.kopuro.access.requests.RequestState;
import org.kopuro.access.requests.RequestView;
import org.kopuro.access.requests.Requests;
import org.kopuro.access.staff.NewStaffUnit;
import org.kopuro.access.staff.Staff;
import org.kopuro.installation.Installation;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.Language;
import org.kopuro.notices.NoticeKind;
import org.kopuro.notices.NoticeView;
import org.kopuro.notices.Notices;
import org.kopuro.participants.NewContact;
import org.kopuro.testing.Rows;
import org.kopuro.testing.Scene;
import org.kopuro.testing.TestApplication;
import org.kopuro.testing.TestProcedures;

/** What is owed is told a working day before its day, and once it is overdue (ACC-30, ACC-34). The scene's day is Monday, 2 March 2026. */
class RemindingIT {

    private final Scene scene = new Scene();
    private final String calendar = TestProcedures.calendar(scene.application);
    private final String procedure = TestProcedures.publish(calendar);

    @Test
    void theUnitIsWarnedAWorkingDayAheadAndItsHeadOnTheLapse() {
        unit(Language.EN);
        RequestView request = submit();
        List<String> told = new ArrayList<>();
        for (LocalDate day = scene.today(); day.isBefore(LocalDate.of(2026, 3, 12)); day = day.plusDays(1)) {
            noonOf(day);
            look();
            look();
            for (NoticeView notice : toStaff().subList(told.size(), toStaff().size())) {
                told.add(day + " " + notice.kind() + " " + notice.deliveries().get(0).address() + " " + notice.body().lines().filter(line -> line.contains("№")).toList());
            }
        }
        String line = ", № " + request.number() + ", Participant]";
        assertEquals(List.of("2026-03-02 N21 unit@tax.example [03.03.2026: confirm the request" + line, "2026-03-04 N22 head@tax.example [03.03.2026: confirm the request" + line,
                "2026-03-06 N21 unit@tax.example [09.03.2026: decide on TEST access" + line, "2026-03-10 N22 head@tax.example [09.03.2026: decide on TEST access" + line), told);
    }

    @Test
    void aLapseGrantsAndRefusesNothing() {
        unit(Language.EN);
        RequestView request = submit();
        String connection = scene.connection().toString();
        noonOf(LocalDate.of(2026, 6, 1));
        look();
        RequestView later = scene.application.with(Requests.class, requests -> requests.get(request.id(), Contour.TEST));
        assertEquals(request, later);
        assertEquals(RequestState.SUBMITTED, later.state());
        assertEquals(connection, scene.connection().toString());
        assertEquals(ConnectionState.CONNECTED, scene.connection().state());
        assertEquals(List.of("CONFIRM_REQUEST", "DECIDE_TEST"), Rows.of("select rule from access.obligation where about_id = ? and closed_at is null order by rule", request.id().value()));
        assertEquals(List.of(NoticeKind.N22), kinds(), "what nobody was warned of is told as overdue alone");
        scene.application.run(Requests.class, requests -> requests.confirm(request.id(), Contour.TEST, Scene.OFFICIAL));
    }

    @Test
    void manyAreOneLetterInTheUnitsLanguage() {
        unit(Language.KY);
        owe(500, DeadlineRule.DECIDE_TEST, "2026-03-03T18:00:00Z");
        look();
        NoticeView letter = toStaff().get(0);
        assertEquals(1, toStaff().size());
        assertEquals(40, letter.body().lines().filter(line -> line.startsWith("03.03.2026: сыноо контуруна")).count());
        assertTrue(letter.body().contains("\n+ 460\n"), letter.body());
        assertEquals(Language.KY, letter.language());
        assertEquals(List.of("500"), Rows.of("select count(*) from access.reminder where procedure_code = ?", procedure));
    }

    @Test
    void whatComesWithinTheHourIsInTheNextLetter() {
        unit(Language.EN);
        owe(1, DeadlineRule.DECIDE_TEST, "2026-03-03T18:00:00Z");
        look();
        owe(3, DeadlineRule.DECIDE_TEST, "2026-03-03T18:00:00Z");
        scene.application.clock().advance(Duration.ofMinutes(59));
        look();
        assertEquals(1, toStaff().size());
        scene.application.clock().advance(Duration.ofMinutes(2));
        look();
        assertEquals(2, toStaff().size());
        assertEquals(3, toStaff().get(1).body().lines().filter(line -> line.contains("№")).count());
    }

    @Test
    void ofNodesThatLookAtTheSameInstantOneTells() throws InterruptedException, ExecutionException {
        unit(Language.EN);
        owe(20, DeadlineRule.DECIDE_TEST, "2026-03-03T18:00:00Z");
        Reminder due = due().get(0);
        TestApplication.Open<Boolean> first = scene.application.begin(Reminders.class, reminders -> reminders.tell(due));
        assertTrue(first.result());
        assertEquals(false, scene.application.with(Reminders.class, reminders -> reminders.tell(due)), "another node is at it");
        first.commit();
        ExecutorService nodes = Executors.newFixedThreadPool(4);
        List<Future<Boolean>> looks = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            looks.add(nodes.submit(() -> scene.application.with(Reminders.class, reminders -> reminders.tell(due))));
        }
        for (Future<Boolean> look : looks) {
            assertFalse(look.get());
        }
        nodes.shutdown();
        assertEquals(1, toStaff().size());
    }

    /** Were the queue not there, the key would still let each be told once. */
    @Test
    void theDatabaseHoldsOneReminderForAnObligationAndItsDay() {
        unit(Language.EN);
        owe(1, DeadlineRule.DECIDE_TEST, "2026-03-03T18:00:00Z");
        look();
        String again = "insert into access.reminder select obligation_id, due_at, kind, contour, procedure_code, told, at + interval '1 day' from access.reminder where procedure_code = ?";
        assertTrue(assertThrows(IllegalStateException.class, () -> Rows.change(again, procedure)).getMessage().contains("reminder_pk"));
    }

    @Test
    void aDayThatACalendarMovesIsToldAnew() {
        unit(Language.EN);
        submit();
        noonOf(LocalDate.of(2026, 3, 6));
        look();
        assertEquals(List.of(NoticeKind.N22, NoticeKind.N21), kinds());
        TestProcedures.load(scene.application, calendar, 2026, "2026-03-09,NON_WORKING,moved");
        look();
        assertEquals(2, kinds().size(), "within the hour");
        scene.application.clock().advance(Duration.ofHours(2));
        look();
        look();
        assertEquals(List.of(NoticeKind.N22, NoticeKind.N21, NoticeKind.N21), kinds());
        assertTrue(toStaff().get(2).body().contains("10.03.2026: decide on TEST access"), toStaff().get(2).body());
        noonOf(LocalDate.of(2026, 3, 9));
        look();
        assertEquals(3, kinds().size());
    }

    @Test
    void withoutAUnitItIsListedAndToldOnceThereIsOne() {
        RequestView request = submit();
        look();
        assertEquals(List.of(), toStaff());
        assertEquals(List.of("CONFIRM_REQUEST " + request.number()), untold());
        unit(Language.RU);
        look();
        assertEquals(List.of(NoticeKind.N21), kinds());
        assertEquals(List.of(), untold());
    }

    @Test
    void whatIsDoneIsNotRemindedOf() {
        unit(Language.EN);
        RequestView request = submit();
        scene.application.run(Requests.class, requests -> requests.retract(request.id(), Contour.TEST, Scene.OFFICIAL));
        noonOf(LocalDate.of(2026, 3, 20));
        look();
        assertEquals(List.of(), toStaff());
    }

    @Test
    void anApplicantIsRemindedOfItsAnswerInTheCabinetAndAtTheAddressInTheRequest() {
        unit(Language.EN);
        RequestView request = submit();
        scene.application.run(Requests.class, requests -> requests.confirm(request.id(), Contour.TEST, Scene.OFFICIAL));
        scene.application.run(Requests.class, requests -> requests.ask(request.id(), Contour.TEST, "Which version?", Scene.OFFICIAL));
        // The thirtieth working day after 2 March is 13 April: this calendar has no holiday.
        noonOf(LocalDate.of(2026, 4, 9));
        look();
        assertEquals(List.of(), inCabinet(NoticeKind.N21));
        noonOf(LocalDate.of(2026, 4, 10));
        look();
        look();
        NoticeView reminder = inCabinet(NoticeKind.N21).get(0);
        assertEquals(1, inCabinet(NoticeKind.N21).size());
        assertEquals(List.of("office@bank.example"), reminder.deliveries().stream().map(NoticeView.Delivery::address).toList());
        assertTrue(reminder.body().contains("13.04.2026: supply information, № " + request.number()), reminder.body());
        noonOf(LocalDate.of(2026, 4, 14));
        look();
        assertEquals(RequestState.RETRACTED, scene.application.with(Requests.class, requests -> requests.get(request.id(), Contour.TEST)).state(), "by its own rule (ACC-T09)");
        assertEquals(List.of(), inCabinet(NoticeKind.N22));
    }

    @Test
    void aParticipantIsToldOfWhatItOwesAheadAndOnTheLapse() {
        owe(1, DeadlineRule.REPORT_PARTICULARS, "2026-03-03T18:00:00Z");
        look();
        noonOf(LocalDate.of(2026, 3, 4));
        look();
        look();
        assertEquals(1, inCabinet(NoticeKind.N21).size());
        assertEquals(1, inCabinet(NoticeKind.N22).size());
        assertEquals(Set.of("notices@example.kg", "a@example.kg"), Set.copyOf(inCabinet(NoticeKind.N22).get(0).deliveries().stream().map(NoticeView.Delivery::address).toList()));
        assertEquals(List.of(), toStaff());
    }

    @Test
    void everyRuleHasItsWordsInEveryLanguage() {
        for (DeadlineRule rule : DeadlineRule.values()) {
            for (Language language : Language.values()) {
                assertFalse(Letters.word(language, "rule." + rule).isBlank());
            }
        }
    }

    private void unit(Language language) {
        scene.application.run(Staff.class, staff -> staff.set(new NewStaffUnit(Contour.TEST, Optional.of(procedure), scene.today(), "Access unit", language, List.of("unit@tax.example"),
                Language.EN, List.of("head@tax.example")), Scene.OFFICIAL));
    }

    private RequestView submit() {
        return scene.application.with(Requests.class, requests -> requests.submit(new NewRequest(RequestKind.CONNECT, scene.participant.id(), Contour.TEST, procedure, Optional.empty(),
                "office@bank.example", "Please connect us.", List.of(Scene.wish(scene.subsystem.id(), TestProcedures.service(procedure))),
                List.of(new NewContact("A Person", "IT", "Engineer", "a@example.kg", "+996 312 000000")), Set.of(), Optional.empty(), Optional.empty()), Scene.OFFICIAL));
    }

    /** Obligations about nothing in particular. */
    private void owe(int number, DeadlineRule rule, String dueAt) {
        Rows.change("""
                insert into access.obligation (id, contour, participant_id, procedure_code, version, rule, side, about_kind, about_id, counted_from, working_days, calendar_code, revision, due_at, opened_at)
                select gen_random_uuid(), 'TEST', ?, ?, 1, ?, ?, 'CONNECTION', gen_random_uuid(), now(), 1, ?, 1000, ?::timestamptz, now() from generate_series(1, ?)""",
                scene.participant.id().value(), procedure, rule.name(), rule.side().name(), calendar, dueAt, number);
    }

    private List<Reminder> due() {
        return scene.application.with(Reminders.class, Reminders::due).stream().filter(one -> one.procedure().equals(procedure)).toList();
    }

    private List<String> untold() {
        return scene.application.with(Reminders.class, reminders -> reminders.untold(Contour.TEST)).stream()
                .filter(one -> one.participant().equals(scene.participant.id())).map(one -> one.rule() + " " + one.number()).toList();
    }

    private List<NoticeKind> kinds() {
        return toStaff().stream().map(NoticeView::kind).toList();
    }

    private List<NoticeView> toStaff() {
        return Rows.of("select id from notices.notice where procedure_code = ? and participant_id is null order by written_at, kind desc", procedure).stream()
                .map(id -> scene.application.with(Notices.class, notices -> notices.get(UUID.fromString(id)))).toList();
    }

    private List<NoticeView> inCabinet(NoticeKind kind) {
        return scene.application.with(Notices.class, notices -> notices.forParticipant(scene.participant.id().value(), Contour.TEST, Optional.empty(), 100)).stream()
                .filter(notice -> notice.kind() == kind).toList();
    }

    private void look() {
        scene.application.run(DueDates.class, DueDates::look);
    }

    private void noonOf(LocalDate day) {
        Instant noon = day.atTime(12, 0).atZone(Installation.ZONE).toInstant();
        scene.application.clock().set(noon);
    }
}
