package org.kopuro.access.agreements;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.kopuro.access.AccessRefusal;
import org.kopuro.access.ConnectionEvent;
import org.kopuro.access.ConnectionState;
import org.kopuro.access.ConnectionView;
import org.kopuro.access.Connections;
import org.kopuro.access.NewConnection;
import org.kopuro.access.staff.NewStaffUnit;
import org.kopuro.access.staff.Staff;
import org.kopuro.calendar.Calendars;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.Language;
import org.kopuro.testing.Rows;
import org.kopuro.testing.Scene;
import org.kopuro.testing.TestApplication;

/** What the end of an agreement brings about: warnings, suspension, renewal, disconnection (ACC-57, ACC-T32, ACC-T33, ACC-T46). */
class AgreementEndsIT extends AgreementScene {

    private NewStaffUnit staffUnit(List<String> addresses) {
        return new NewStaffUnit(Contour.PRODUCTION, Optional.of(Scene.PROCEDURE), scene.today(), "Agreements unit", Language.RU, addresses, Language.RU, addresses);
    }

    private static int openObligations(AgreementView agreement) {
        return Rows.of("select 1 from access.obligation where about_id = ? and closed_at is null", agreement.id().value()).size();
    }

    @Test
    void atTheEndOfItsLastDayTheConnectionIsSuspendedAndARenewalRestoresIt() {
        AgreementView agreement = connected(LAST);
        until(LAST.plusDays(1), -1);
        look();
        assertEquals(ConnectionState.CONNECTED, connection().state());
        until(LAST.plusDays(1), 0);
        look();
        assertEquals(AgreementState.EXPIRED, read(agreement).state());
        assertEquals(ConnectionState.SUSPENDED, connection().state());
        assertTrue(notices(agreement).contains("N13"));
        assertEquals(List.of("a@example.kg", "notices@example.kg"),
                Rows.of("select d.address from notices.delivery d join notices.notice n on n.id = d.notice_id where n.about_id = ? and n.kind = 'N13' order by 1", agreement.id().value()));
        assertEquals(1, openObligations(agreement));
        assertRefused(AccessRefusal.AGREEMENT_MISSING, () -> scene.apply(connection(), Scene.change(ConnectionEvent.RESTORE)));
        scene.agree(Scene.SERVICES);
        assertEquals(ConnectionState.CONNECTED, connection().state());
        assertEquals(0, openObligations(agreement));
        look();
        assertEquals(ConnectionState.CONNECTED, connection().state());
    }

    @Test
    void aRenewalRestoresNothingThatIsSuspendedForAnotherCause() {
        connected(LAST);
        scene.apply(connection(), Scene.change(ConnectionEvent.SUSPEND).on("INCIDENT"));
        until(LAST.plusDays(1), 0);
        look();
        scene.agree(Scene.SERVICES);
        look();
        assertEquals(ConnectionState.SUSPENDED, connection().state());
        assertEquals(ConnectionState.CONNECTED, scene.apply(connection(), Scene.change(ConnectionEvent.RESTORE)).state());
    }

    @Test
    void whereTheRenewalFollowsWithoutAGapNothingIsSuspendedAndItsListCounts() {
        connected(LAST);
        scene.agree(scene.terms(LAST.plusDays(1), null, Set.of("headcount")));
        assertEquals(Scene.SERVICES.size(), activeServices().size());
        int events = connection().events();
        until(LAST.plusDays(1), 0);
        look();
        assertEquals(events, connection().events());
        assertEquals(List.of("headcount"), activeServices());
    }

    @Test
    void aRenewalAfterAGapRestoresOnItsFirstDay() {
        AgreementView agreement = connected(LAST);
        scene.agree(scene.terms(LAST.plusDays(11), null, Scene.SERVICES));
        until(LAST.plusDays(1), 0);
        look();
        assertEquals(ConnectionState.SUSPENDED, connection().state());
        assertEquals(0, openObligations(agreement));
        until(LAST.plusDays(11), 0);
        look();
        assertEquals(ConnectionState.CONNECTED, connection().state());
    }

    @Test
    void withoutARenewalTheConnectionEndsAfterThirtyWorkingDays() {
        AgreementView agreement = connected(LAST);
        until(LAST.plusDays(1), 0);
        look();
        Instant due = scene.application.with(Calendars.class, calendars -> calendars.get("KG").forward(LAST, 30)).orRefuse().ends();
        scene.application.clock().advance(Duration.between(now(), due).minusSeconds(1));
        look();
        assertEquals(ConnectionState.SUSPENDED, connection().state());
        scene.application.clock().advance(Duration.ofSeconds(1));
        look();
        assertEquals(ConnectionState.DISCONNECTED, connection().state());
        assertEquals(0, openObligations(agreement));
        assertEquals(List.of("The agreement has ended and was not renewed within the time of the procedure: № " + agreement.number()), Rows.of(
                "select substring(body from E'Grounds:\n([^\n]*)') from notices.notice where about_id = ? and kind = 'N14'", connection().id().value()));
    }

    @Test
    void whoIsDisconnectedOwesNoRenewal() {
        AgreementView agreement = connected(LAST);
        until(LAST.plusDays(1), 0);
        look();
        assertEquals(1, openObligations(agreement));
        scene.apply(connection(), Scene.change(ConnectionEvent.DISCONNECT));
        assertEquals(List.of("RENEW_AGREEMENT DROPPED"), Rows.of("select rule || ' ' || outcome from access.obligation where about_id = ?", agreement.id().value()));
        scene.application.clock().advance(Duration.ofDays(90));
        look();
        assertEquals(List.of("DISCONNECT"), Rows.of("select event from access.connection_event where connection_id = ? and to_state = 'DISCONNECTED'", connection().id().value()));
    }

    /** Its last day, Thursday 30 April 2026; the days before have no holiday. */
    @Test
    void itsEndIsToldThirtyTenAndThreeWorkingDaysAhead() {
        AgreementView agreement = connected(LAST);
        List<String> told = new ArrayList<>();
        for (LocalDate day = scene.today(); !day.isAfter(LAST); day = day.plusDays(1)) {
            until(day, 1);
            look();
            look();
            if (Rows.of("select 1 from access.agreement_warning where agreement_id = ?", agreement.id().value()).size() > told.size()) {
                told.add(day.toString());
            }
        }
        assertEquals(List.of("2026-04-16", "2026-04-27"), told.subList(1, 3));
        assertEquals("30", Rows.of("select working_days from access.agreement_warning where agreement_id = ? order by at limit 1", agreement.id().value()).get(0));
        assertEquals(3, notices(agreement).stream().filter("N19"::equals).count());
    }

    @Test
    void theUnitIsToldOfItsEndAsWell() {
        scene.application.run(Staff.class, staff -> staff.set(staffUnit(List.of("unit@tax.example")), Scene.OFFICIAL));
        try {
            AgreementView agreement = connected(scene.today().plusDays(2));
            look();
            assertEquals(List.of("notices@example.kg", "unit@tax.example"),
                    Rows.of("select d.address from notices.notice n join notices.delivery d on d.notice_id = n.id where n.about_id = ? and kind = 'N19' order by 1", agreement.id().value()));
        } finally {
            scene.application.run(Staff.class, staff -> staff.set(staffUnit(List.of()), Scene.OFFICIAL));
        }
    }

    @Test
    void whoSignsShortlyBeforeTheEndIsToldOnce() {
        AgreementView agreement = connected(scene.today().plusDays(2));
        look();
        assertEquals(List.of("3"), Rows.of("select working_days from access.agreement_warning where agreement_id = ?", agreement.id().value()));
    }

    @Test
    void ofNodesThatLookAtTheSameInstantOneEndsIt() throws InterruptedException, ExecutionException {
        AgreementView agreement = connected(LAST);
        until(LAST.plusDays(1), 0);
        ExecutorService nodes = Executors.newFixedThreadPool(4);
        List<Future<Boolean>> looks = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            looks.add(nodes.submit(() -> scene.application.with(AgreementDates.class, dates -> dates.bringAbout(new AgreementDue(AgreementDue.Kind.END, agreement.id(), 0)))));
        }
        int ended = 0;
        for (Future<Boolean> look : looks) {
            ended += look.get() ? 1 : 0;
        }
        nodes.shutdown();
        assertEquals(1, ended);
        assertEquals(AgreementState.EXPIRED, read(agreement).state());
    }

    @Test
    void whoIsBeingConnectedWhileTheAgreementEndsIsSuspendedWithIt() throws InterruptedException, ExecutionException {
        AgreementView agreement = scene.agree(scene.terms(LocalDate.of(2026, 3, 1), LAST, Scene.SERVICES));
        TestApplication.Open<ConnectionView> connecting = scene.application.begin(Connections.class, connections ->
                connections.connect(new NewConnection(scene.participant.id(), Contour.PRODUCTION, Scene.PROCEDURE, Scene.OFFICIAL, "in a test")));
        until(LAST.plusDays(1), 0);
        ExecutorService node = Executors.newSingleThreadExecutor();
        Future<Boolean> end = node.submit(() -> scene.application.with(AgreementDates.class,
                dates -> dates.bringAbout(new AgreementDue(AgreementDue.Kind.END, agreement.id(), 0))));
        assertThrows(TimeoutException.class, () -> end.get(1, TimeUnit.SECONDS));
        connecting.commit();
        assertTrue(end.get());
        node.shutdown();
        assertEquals(ConnectionState.SUSPENDED, connection().state());
    }
}
