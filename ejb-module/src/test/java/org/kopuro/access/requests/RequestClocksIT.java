package org.kopuro.access.requests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.kopuro.access.ConnectionEvent;
import org.kopuro.access.obligations.About;
import org.kopuro.access.obligations.MovedObligation;
import org.kopuro.access.obligations.ObligationView;
import org.kopuro.access.obligations.Obligations;
import org.kopuro.calendar.CalendarChanged;
import org.kopuro.kernel.Contour;
import org.kopuro.testing.Rows;
import org.kopuro.testing.Scene;

/** Who owes what by when while a request is open (ACC-30 to ACC-34, ACC-T09). */
class RequestClocksIT extends RequestScene {

    private Set<String> open(RequestView request) {
        Set<String> open = new HashSet<>();
        for (ObligationView one : scene.application.with(Obligations.class, obligations -> obligations.of(About.request(request.id().value())))) {
            if (one.closedAt().isEmpty()) {
                open.add(one.rule() + " " + one.dueAt().orElseThrow());
            }
        }
        return open;
    }

    @Test
    void theClocksStartAtTheReceiptNotAtTheConfirmation() {
        scene.apply(ConnectionEvent.DISCONNECT);
        RequestView request = submit(byLetter(connect(Contour.TEST, "headcount"), "bank@example.kg", Instant.parse("2026-02-27T11:40:00Z")));
        assertEquals(Set.of("CONFIRM_REQUEST 2026-03-02T18:00:00Z", "DECIDE_TEST 2026-03-06T18:00:00Z"), open(request));
        with(requests -> requests.confirm(request.id(), Contour.TEST, Scene.OFFICIAL));
        assertEquals(Set.of("DECIDE_TEST 2026-03-06T18:00:00Z"), open(request));
    }

    /** §6: KG-147 counts from the agreement, which is signed on Thursday, 5 March, while the request is considered. */
    @Test
    void aDecisionOnProductionIsOwedFromTheSignedAgreementOn() {
        RequestView request = submit(connect(Contour.PRODUCTION, "headcount"));
        assertEquals(Set.of("CONFIRM_REQUEST 2026-03-03T18:00:00Z"), open(request));
        with(requests -> requests.confirm(request.id(), Contour.PRODUCTION, Scene.OFFICIAL));
        assertEquals(Set.of(), open(request));
        assertTrue(Rows.of("select body from notices.notice where about_id = ? and kind = 'N01'", request.id().value()).get(0).contains("the day will be told later"));
        scene.application.clock().advance(Duration.ofDays(3));
        scene.agree(Scene.SERVICES);
        assertEquals(Set.of("DECIDE_PRODUCTION 2026-03-12T18:00:00Z"), open(request));
    }

    @Test
    void whereTheAgreementWasSignedBeforeItIsOwedFromTheReceiptOn() {
        scene.agree(scene.terms(scene.today(), scene.today().plusDays(60), Scene.SERVICES));
        scene.application.clock().advance(Duration.ofDays(1));
        RequestView request = submit(connect(Contour.PRODUCTION, "headcount"));
        assertEquals(Set.of("CONFIRM_REQUEST 2026-03-04T18:00:00Z", "DECIDE_PRODUCTION 2026-03-10T18:00:00Z"), open(request));
        scene.application.clock().advance(Duration.ofDays(1));
        scene.agree(scene.terms(scene.today().plusDays(90), null, Scene.SERVICES));
        assertEquals(Set.of("CONFIRM_REQUEST 2026-03-04T18:00:00Z", "DECIDE_PRODUCTION 2026-03-10T18:00:00Z"), open(request), "a renewal moves nothing");
    }

    @Test
    void whoOwesAnAnswerWhenTheAgreementIsSignedIsDecidedOnAfterIt() {
        RequestView request = submit(connect(Contour.PRODUCTION, "headcount"));
        with(requests -> requests.confirm(request.id(), Contour.PRODUCTION, Scene.OFFICIAL));
        with(requests -> requests.ask(request.id(), Contour.PRODUCTION, "Which version?", Scene.OFFICIAL));
        scene.agree(Scene.SERVICES);
        assertEquals(1, open(request).size());
        scene.application.clock().advance(Duration.ofDays(2));
        with(requests -> requests.supply(request.id(), Contour.PRODUCTION, "Version 1", Scene.OFFICIAL));
        assertEquals(Set.of("DECIDE_PRODUCTION 2026-03-11T18:00:00Z"), open(request));
    }

    /** ACC-10: nothing of the procedure is asked of it, and no agreement either. */
    @Test
    void whoIsExemptIsDecidedOnFromTheReceiptOn() {
        scene.exempt();
        assertEquals(Set.of("CONFIRM_REQUEST 2026-03-03T18:00:00Z", "DECIDE_PRODUCTION 2026-03-09T18:00:00Z"), open(submit(connect(Contour.PRODUCTION, "headcount"))));
    }

    @Test
    void whileTheApplicantOwesAnAnswerTheAuthorityOwesNone() {
        scene.apply(ConnectionEvent.DISCONNECT);
        RequestView request = submit(connect(Contour.TEST, "headcount"));
        with(requests -> requests.confirm(request.id(), Contour.TEST, Scene.OFFICIAL));
        with(requests -> requests.ask(request.id(), Contour.TEST, "Which version?\nAnd since when?", Scene.OFFICIAL));
        assertEquals(1, open(request).size());
        assertTrue(open(request).iterator().next().startsWith("SUPPLY_INFORMATION "), open(request).toString());
        scene.application.clock().advance(Duration.ofDays(2));
        with(requests -> requests.supply(request.id(), Contour.TEST, "Version 1", Scene.OFFICIAL));
        assertEquals(Set.of("DECIDE_TEST 2026-03-11T18:00:00Z"), open(request), "five working days after Wednesday, 4 March");
        with(requests -> requests.refuse(request.id(), Contour.TEST, List.of(), Scene.OFFICIAL));
        assertEquals(Set.of(), open(request));
    }

    @Test
    void anApplicantWhoDoesNotAnswerForThirtyWorkingDaysHasRetracted() {
        scene.apply(ConnectionEvent.DISCONNECT);
        RequestView request = submit(connect(Contour.TEST, "headcount"));
        with(requests -> requests.confirm(request.id(), Contour.TEST, Scene.OFFICIAL));
        with(requests -> requests.ask(request.id(), Contour.TEST, "Which version?", Scene.OFFICIAL));
        scene.application.clock().advance(Duration.between(now(), Instant.parse("2026-04-14T17:59:59Z")));
        scene.application.run(DueDates.class, DueDates::look);
        assertEquals(RequestState.INFO_NEEDED, read(request).state(), "the thirtieth working day after 2 March, with 20 March off, is 14 April");
        scene.application.clock().advance(Duration.ofSeconds(1));
        scene.application.run(DueDates.class, DueDates::look);
        assertEquals(RequestState.RETRACTED, read(request).state());
        assertEquals(Set.of(), open(request));
    }

    @Test
    void aCalendarThatIsEditedMovesWhatIsOpenAndKeepsWhatMoved() {
        scene.apply(ConnectionEvent.DISCONNECT);
        RequestView request = submit(connect(Contour.TEST, "headcount"));
        assertEquals(Set.of("CONFIRM_REQUEST 2026-03-03T18:00:00Z", "DECIDE_TEST 2026-03-09T18:00:00Z"), open(request));
        try {
            Rows.change("insert into calendar.day (calendar, day, kind, name) values ('KG', '2026-03-04', 'NON_WORKING', 'in a test')");
            scene.application.run(DueDates.class, DueDates::look);
            assertEquals(Set.of("CONFIRM_REQUEST 2026-03-03T18:00:00Z", "DECIDE_TEST 2026-03-10T18:00:00Z"), open(request));
            assertEquals(List.of("DECIDE_TEST"), Rows.of("select o.rule from access.obligation_move m join access.obligation o on o.id = m.obligation_id where o.about_id = ?", request.id().value()));
        } finally {
            Rows.change("delete from calendar.day where calendar = 'KG' and day = '2026-03-04'");
        }
    }

    /** In a week of its own: what other edits move is older. */
    @Test
    void whatEditedCalendarsMovedIsListedTheNewestFirstInItsContour() {
        scene.apply(ConnectionEvent.DISCONNECT);
        recount();
        scene.application.clock().advance(Duration.between(now(), Instant.parse("2026-10-05T06:00:00Z")));
        RequestView request = submit(connect(Contour.TEST, "headcount"));
        Instant before = Instant.parse("2026-10-12T18:00:00Z");
        Instant after = Instant.parse("2026-10-13T18:00:00Z");
        try {
            Rows.change("insert into calendar.day (calendar, day, kind, name) values ('KG', '2026-10-07', 'NON_WORKING', 'in a test')");
            recount();
        } finally {
            Rows.change("delete from calendar.day where calendar = 'KG' and day = '2026-10-07'");
        }
        Instant forth = now();
        scene.application.clock().advance(Duration.ofMinutes(1));
        recount();
        List<MovedObligation> moves = moves(Contour.TEST, 500).stream().filter(move -> move.about().id().equals(request.id().value())).toList();
        assertEquals(List.of("DECIDE_TEST " + now() + " " + after + " " + before, "DECIDE_TEST " + forth + " " + before + " " + after), moves.stream()
                .map(move -> move.rule() + " " + move.movedAt() + " " + move.before().orElseThrow() + " " + move.after().orElseThrow()).toList());
        assertEquals(Set.of(scene.participant.id()), moves.stream().map(MovedObligation::participant).collect(Collectors.toSet()));
        assertTrue(moves.get(0).revision() > moves.get(1).revision());
        assertEquals(List.of(now()), moves(Contour.TEST, 1).stream().map(MovedObligation::movedAt).toList());
        assertTrue(moves(Contour.PRODUCTION, 500).stream().noneMatch(move -> move.about().id().equals(request.id().value())), "the other contour's");
    }

    private void recount() {
        scene.application.run(Obligations.class, obligations -> obligations.recount(new CalendarChanged("KG", 2026, 0)));
    }

    private List<MovedObligation> moves(Contour contour, int limit) {
        return scene.application.with(Obligations.class, obligations -> obligations.moves(contour, limit));
    }
}
