package org.kopuro.access.products;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.kopuro.access.ConnectionEvent;
import org.kopuro.access.duties.IncidentSource;
import org.kopuro.access.duties.IncidentView;
import org.kopuro.access.duties.Incidents;
import org.kopuro.access.procedures.ProductDocumentKind;
import org.kopuro.access.procedures.ProductRole;
import org.kopuro.access.requests.DueDates;
import org.kopuro.calendar.Calendars;
import org.kopuro.calendar.Deadline;
import org.kopuro.installation.Installation;
import org.kopuro.kernel.Contour;
import org.kopuro.notices.NoticeKind;
import org.kopuro.notices.NoticeView;
import org.kopuro.notices.Notices;
import org.kopuro.testing.Rows;
import org.kopuro.testing.Scene;

/** Documents that a connection rests on are announced before they expire, and expiry opens an incident: ACC-9, N19. */
class ExpiringDocumentsIT {

    private static final LocalDate LAST = LocalDate.of(2026, 6, 30);

    private final Scene scene = new Scene();
    private final Applicant applicant = new Applicant(scene);
    private final ProductId product = scene.product(ProductRole.OWNER_DEVELOPER);
    private ProductDocument registration;

    @BeforeEach
    void connected() {
        scene.apply(ConnectionEvent.DISCONNECT);
        registration = scene.prove(product, ProductDocumentKind.REGISTRATION, LAST);
        applicant.grant(applicant.tick(applicant.connect(Contour.TEST, product)));
    }

    @ParameterizedTest
    @ValueSource(ints = {30, 10, 3})
    void theEndIsAnnouncedSoManyWorkingDaysAheadAndOnce(int workingDays) {
        LocalDate day = workingDaysBefore(workingDays);
        Stream.of(30, 10, 3).filter(earlier -> earlier > workingDays).forEach(earlier -> {
            at(workingDaysBefore(earlier));
            look();
        });
        int before = told().size();
        lastMomentOf(day.minusDays(1));
        look();
        assertEquals(before, told().size());
        at(day);
        look();
        look();
        assertEquals(before + 1, told().size());
    }

    @Test
    void theParticipantIsToldWhatExpiresWhenAndInBothContours() {
        at(workingDaysBefore(30));
        look();
        NoticeView notice = told().get(0);
        assertEquals(NoticeKind.N19, notice.kind());
        assertTrue(notice.subject().contains("30.06.2026"), notice.subject());
        assertTrue(notice.body().contains(registration.told().number()) && notice.body().contains("registration of the product"), notice.body());
        assertEquals(List.of("notices@example.kg"), notice.deliveries().stream().map(NoticeView.Delivery::address).toList());
        for (Contour contour : Contour.values()) {
            assertTrue(scene.application.with(Notices.class, notices -> notices.forParticipant(scene.participant.id().value(), contour, Optional.empty(), 100)).stream()
                    .anyMatch(one -> one.id().equals(notice.id())), contour.name());
        }
    }

    /** A letter of the unit's, or, where the contour has no unit, a line of what nobody was told. */
    @Test
    void theAuthorityIsToldOnceInTheContourInWhichTheProductIsUsed() {
        at(workingDaysBefore(30));
        look();
        look();
        assertEquals(List.of("staff:N19:product:" + registration.document() + ":" + Scene.PROCEDURE + ":30:TEST"), Rows.of("""
                select dedup_key from notices.notice where about_id = ? and dedup_key like 'staff:%' union all
                select dedup_key from access.untold where about_id = ?""", product.value(), product.value()));
    }

    @Test
    void whoWasNotLookedAtForLongIsToldTheNearestOnly() {
        at(workingDaysBefore(3));
        look();
        assertEquals(1, told().size());
    }

    @Test
    void nobodyIsToldOfWhatIsFollowedWithoutAGapAndEverybodyOfAGap() {
        scene.prove(product, follow("2", LAST.plusDays(1)));
        at(workingDaysBefore(3));
        look();
        assertEquals(0, told().size());
        at(LAST.plusDays(1));
        look();
        assertEquals(0, incidents().size());
    }

    @Test
    void aSuccessorThatBeginsTooLateIsNone() {
        scene.prove(product, follow("2", LAST.plusDays(2)));
        at(workingDaysBefore(3));
        look();
        assertEquals(1, told().size());
        at(LAST.plusDays(1));
        look();
        assertEquals(1, incidents().size());
    }

    @Test
    void onItsLastDayItHoldsAndAfterItAnIncidentIsOpenedAndNothingSuspended() {
        lastMomentOf(LAST);
        look();
        assertEquals(0, incidents().size());
        at(LAST.plusDays(1));
        look();
        look();
        IncidentView incident = incidents().get(0);
        assertEquals(1, incidents().size());
        assertEquals(IncidentSource.SIGNAL, incident.source());
        assertTrue(incident.text().contains(registration.told().number()) && incident.text().contains("30.06.2026") && incident.text().contains("003 §8"), incident.text());
        assertTrue(scene.connection().state().passesCalls());
    }

    @Test
    void aWithdrawalThatLeavesNothingOpensOneToo() {
        scene.application.run(Products.class, products -> products.withdraw(product, registration.document(), "issued in error", Contour.PRODUCTION, Scene.OFFICIAL));
        look();
        look();
        assertEquals(1, incidents().size());
        assertTrue(incidents().get(0).text().contains("02.03.2026"), incidents().get(0).text());
    }

    @Test
    void whatLapsesASecondTimeIsASecondIncident() {
        at(LAST.plusDays(1));
        look();
        scene.prove(product, new NewProductDocument(ProductDocumentKind.REGISTRATION, "2", LAST, "Kyrgyzpatent", LAST, Optional.of(LAST.plusDays(9))));
        look();
        assertEquals(1, incidents().size());
        at(LAST.plusDays(10));
        look();
        assertEquals(2, incidents().size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"DISCONNECTED", "EXEMPT"})
    void whatNoConnectionRestsOnIsNobodysBusiness(String instead) {
        if (instead.equals("EXEMPT")) {
            scene.exempt();
        } else {
            scene.apply(ConnectionEvent.DISCONNECT);
        }
        at(workingDaysBefore(3));
        look();
        at(LAST.plusDays(1));
        look();
        assertEquals(0, told().size());
        assertEquals(0, incidents().size());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void ofNodesThatLookAtTheSameInstantOneTellsAndOneOpens(boolean warns) throws InterruptedException, ExecutionException {
        at(warns ? workingDaysBefore(30) : LAST.plusDays(1));
        ProductDue due = scene.application.with(ProductDates.class, ProductDates::due).stream().filter(one -> one.product().equals(product)).findFirst().orElseThrow();
        ExecutorService nodes = Executors.newFixedThreadPool(4);
        List<Future<Boolean>> looks = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            looks.add(nodes.submit(() -> scene.application.with(ProductDates.class, dates -> dates.bringAbout(due))));
        }
        int done = 0;
        for (Future<Boolean> look : looks) {
            done += look.get() ? 1 : 0;
        }
        nodes.shutdown();
        assertEquals(1, done);
        assertEquals(warns ? 1 : 0, told().size());
        assertEquals(warns ? 0 : 1, incidents().size());
    }

    private NewProductDocument follow(String number, LocalDate from) {
        return new NewProductDocument(ProductDocumentKind.REGISTRATION, number, scene.today(), "Kyrgyzpatent", from, Optional.of(from.plusYears(1)));
    }

    /** The day whose N-th following working day is the last one. */
    private LocalDate workingDaysBefore(int n) {
        return scene.application.with(Calendars.class, calendars -> calendars.get("KG")).backward(LAST, n).known().map(Deadline.Due::day).orElseThrow();
    }

    /** Of what the participant was told; a unit of the authority has letters of its own. */
    private List<NoticeView> told() {
        return scene.application.with(Notices.class, notices -> notices.about("product", product.value())).stream().filter(notice -> notice.participant().isPresent()).toList();
    }

    private List<IncidentView> incidents() {
        return scene.application.with(Incidents.class, incidents -> incidents.list(Contour.TEST, Optional.empty(), Optional.empty(), 200)).stream()
                .filter(one -> one.participant().equals(Optional.of(scene.participant.id()))).toList();
    }

    private void look() {
        scene.application.run(DueDates.class, DueDates::look);
    }

    private void at(LocalDate day) {
        scene.application.clock().set(day.atStartOfDay(Installation.ZONE).toInstant());
    }

    private void lastMomentOf(LocalDate day) {
        scene.application.clock().set(day.plusDays(1).atStartOfDay(Installation.ZONE).toInstant().minusMillis(1));
    }
}
