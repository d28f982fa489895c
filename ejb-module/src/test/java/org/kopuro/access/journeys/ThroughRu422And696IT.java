package org.kopuro.access.journeys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.kopuro.access.ConnectionEvent;
import org.kopuro.access.ConnectionState;
import org.kopuro.access.procedures.RequestKind;
import org.kopuro.access.requests.Attachment;
import org.kopuro.access.requests.RequestView;
import org.kopuro.consent.IssuedToken;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.Refusal;

/** TEST, joint test, PRODUCTION, a planned suspension and a voluntary exit on the platform of decrees 422 and 696 (seed 001); 9 March 2026 is a holiday in Russia. */
class ThroughRu422And696IT {

    /** Friday, 27 February 2026, 17:40 in Moscow. */
    private final Journey journey = new Journey("RU-422-696", "platformInATest", "com", Instant.parse("2026-02-27T14:40:00Z"));

    @AfterEach
    void close() {
        journey.close();
    }

    @Test
    void aBankComesIsSuspendedByAnnouncementComesBackAtTheSecondAttemptAndLeaves() {
        RequestView test = journey.files(RequestKind.CONNECT, Contour.TEST);
        assertEquals(Set.of("CONFIRM_REQUEST 2026-03-02", "DECIDE_TEST 2026-03-03"), journey.owed(), "two working days");
        journey.confirm(test);
        journey.until("2026-03-03", "23:30");
        journey.grant(test);
        assertEquals(List.of("N01", "N04"), journey.letters());
        IssuedToken virtual = journey.token(Contour.TEST);
        journey.assertAnswered(Contour.TEST, virtual);

        RequestView untested = journey.files(RequestKind.CONNECT, Contour.PRODUCTION);
        journey.confirm(untested);
        assertEquals("JOINT_TEST_NOT_PASSED", assertThrows(Refusal.class, () -> journey.grant(untested)).code().name());
        journey.refuse(untested, "JOINT_TEST_NOT_PASSED");

        journey.until("2026-03-05", "09:00");
        RequestView failed = journey.files(RequestKind.JOINT_TEST, Contour.TEST);
        assertEquals(Set.of("CONFIRM_REQUEST 2026-03-06", "DECIDE_JOINT_TEST 2026-03-13"), journey.owed(), "9 March is a holiday");
        assertEquals("ATTACHMENT_MISSING", assertThrows(Refusal.class, () -> journey.confirm(failed)).code().name());
        journey.attaches(failed, Attachment.Kind.SCREEN_FORM);
        journey.confirm(failed);
        journey.refuse(failed, "NOT_ALL_SHOWN");
        RequestView passed = journey.filesAgain(failed);
        journey.attaches(passed, Attachment.Kind.SCREEN_FORM);
        journey.confirm(passed);
        journey.grant(passed);
        RequestView production = journey.filesAgain(untested);
        journey.confirm(production);
        journey.until("2026-03-13", "10:00");
        journey.grant(production);
        assertEquals(List.of("N01", "N09", "N01", "N09", "N01", "N20", "N01", "N05"), journey.letters());
        IssuedToken token = journey.token(Contour.PRODUCTION);
        journey.assertAnswered(Contour.PRODUCTION, token);

        assertThrows(Refusal.class, () -> journey.measure(Contour.PRODUCTION, ConnectionEvent.SUSPEND, "OFF_PURPOSE"), "only by announcement");
        assertThrows(Refusal.class, () -> journey.announce(Contour.PRODUCTION, ConnectionEvent.ANNOUNCE_SUSPENSION, "OFF_PURPOSE", "2026-03-17"), "Monday is one day, two are needed");
        journey.announce(Contour.PRODUCTION, ConnectionEvent.ANNOUNCE_SUSPENSION, "OFF_PURPOSE", "2026-03-18");
        assertEquals(List.of("N11"), journey.letters());
        journey.until("2026-03-17", "23:59");
        journey.assertAnswered(Contour.PRODUCTION, token);
        journey.until("2026-03-18", "00:00");
        journey.assertRefused("PARTICIPANT_SUSPENDED", Contour.PRODUCTION, token);
        journey.assertAnswered(Contour.TEST, virtual);
        assertEquals(List.of("N13"), journey.letters());

        journey.until("2026-03-18", "12:00");
        RequestView tooEarly = journey.files(RequestKind.RESTORE, Contour.PRODUCTION);
        journey.confirm(tooEarly);
        journey.refuse(tooEarly, "CAUSE_NOT_REMOVED");
        assertEquals(ConnectionState.SUSPENDED, journey.connection(Contour.PRODUCTION).state());
        RequestView restoration = journey.filesAgain(tooEarly);
        journey.confirm(restoration);
        journey.grant(restoration);
        journey.assertAnswered(Contour.PRODUCTION, token);
        assertEquals(List.of("N01", "N09", "N01", "N07"), journey.letters());

        RequestView exit = journey.files(RequestKind.DISCONNECT, Contour.PRODUCTION);
        assertEquals(Set.of("CONFIRM_REQUEST 2026-03-19", "DISCONNECT_ON_REQUEST 2026-04-29"), journey.owed(), "thirty working days");
        journey.confirm(exit);
        journey.until("2026-04-29", "18:00");
        journey.assertAnswered(Contour.PRODUCTION, token);
        journey.grant(exit);
        journey.assertRefused("PARTICIPANT_DISCONNECTED", Contour.PRODUCTION, token);
        journey.assertAnswered(Contour.TEST, virtual);
        assertEquals(List.of("N01", "N08"), journey.letters());
    }
}
