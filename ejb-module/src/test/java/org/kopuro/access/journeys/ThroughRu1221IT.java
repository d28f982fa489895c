package org.kopuro.access.journeys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.kopuro.access.ConnectionEvent;
import org.kopuro.access.ConnectionState;
import org.kopuro.access.procedures.RequestKind;
import org.kopuro.access.requests.RequestState;
import org.kopuro.access.requests.RequestView;
import org.kopuro.consent.IssuedToken;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.Refusal;

/** The lending service of decree 1221 (seed 000): letters from its zones only, suspension at once, restoration, forced exit. */
class ThroughRu1221IT {

    /** Tuesday, 3 March 2026, noon in Moscow. */
    private static final Instant START = Instant.parse("2026-03-03T09:00:00Z");

    @Test
    void aBankThatWritesFromElsewhereIsToldWhyItIsNotHeard() {
        try (Journey journey = new Journey("RU-1221", "lendingInATest", "com", START)) {
            RequestView request = journey.files(RequestKind.CONNECT, Contour.PRODUCTION);
            assertEquals("SENDER_OUTSIDE_ZONE", assertThrows(Refusal.class, () -> journey.confirm(request)).code().name());
            journey.decline(request, "SENDER_OUTSIDE_ZONE");
            assertEquals(RequestState.NOT_ACCEPTED, journey.read(request).state());
            assertEquals(List.of("N02"), journey.letters());
            assertEquals(Set.of(), journey.owed());
        }
    }

    @Test
    void aBankComesIsSuspendedAtOnceComesBackAndIsPutOut() {
        try (Journey journey = new Journey("RU-1221", "lendingInATest", "su", START)) {
            RequestView request = journey.files(RequestKind.CONNECT, Contour.PRODUCTION);
            assertEquals(Set.of("CONFIRM_REQUEST 2026-03-04", "DECIDE_PRODUCTION 2026-03-11"), journey.owed(), "9 March is a holiday");
            journey.confirm(request);
            journey.until("2026-03-11", "17:00");
            journey.grant(request);
            assertEquals(List.of("N01", "N05"), journey.letters());
            IssuedToken token = journey.token(Contour.PRODUCTION);
            journey.assertAnswered(Contour.PRODUCTION, token);

            journey.measure(Contour.PRODUCTION, ConnectionEvent.SUSPEND, "EXCESSIVE_LOAD");
            journey.assertRefused("PARTICIPANT_SUSPENDED", Contour.PRODUCTION, token);
            assertEquals(List.of("N13"), journey.letters());
            journey.until("2026-03-12", "09:00");
            RequestView restoration = journey.files(RequestKind.RESTORE, Contour.PRODUCTION);
            assertEquals(Set.of("CONFIRM_REQUEST 2026-03-13", "DECIDE_RESTORATION 2026-03-19"), journey.owed());
            journey.confirm(restoration);
            journey.until("2026-03-20", "09:00");
            assertEquals(ConnectionState.SUSPENDED, journey.connection(Contour.PRODUCTION).state(), "a lapse grants nothing");
            assertEquals(Set.of("DECIDE_RESTORATION 2026-03-19"), journey.owed());
            journey.grant(restoration);
            journey.assertAnswered(Contour.PRODUCTION, token);
            assertEquals(List.of("N01", "N07"), journey.letters());

            journey.measure(Contour.PRODUCTION, ConnectionEvent.FORCE_DISCONNECTION, "DECREE_CHANGED");
            journey.assertRefused("PARTICIPANT_DISCONNECTED", Contour.PRODUCTION, token);
            assertEquals(List.of("N14"), journey.letters());

            RequestView anew = journey.files(RequestKind.CONNECT, Contour.PRODUCTION);
            journey.confirm(anew);
            journey.grant(anew);
            journey.assertRefused("CERTIFICATE_BLOCKED", Contour.PRODUCTION, token);
            journey.registersAnotherCertificate(Contour.PRODUCTION);
            journey.assertRefused("CONSENT_REVOKED", Contour.PRODUCTION, token);
            journey.assertAnswered(Contour.PRODUCTION, journey.token(Contour.PRODUCTION));
        }
    }
}
