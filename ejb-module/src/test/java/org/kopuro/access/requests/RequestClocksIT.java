package org.kopuro.access.requests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.kopuro.access.ConnectionEvent;
import org.kopuro.access.obligations.About;
import org.kopuro.access.obligations.ObligationView;
import org.kopuro.access.obligations.Obligations;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.Language;
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
        with(requests -> requests.refuse(request.id(), Contour.TEST, List.of(), Language.RU, Scene.OFFICIAL));
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
}
