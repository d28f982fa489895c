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
import org.kopuro.access.agreements.AgreementState;
import org.kopuro.access.procedures.RequestKind;
import org.kopuro.access.requests.RequestState;
import org.kopuro.access.requests.RequestView;
import org.kopuro.consent.IssuedToken;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.Refusal;

/** From the first letter to the end of the agreement under order No 147 (seed 003), in the spring of 2026: 20 March and the first ten days of May are off. */
class ThroughKg147IT {

    /** Friday, 27 February 2026, 17:40 in Bishkek. */
    private final Journey journey = new Journey("KG-147", "tpDataByINN", "kg", Instant.parse("2026-02-27T11:40:00Z"));

    @AfterEach
    void close() {
        journey.close();
    }

    @Test
    void aBankComesIsSuspendedComesBackAndIsPartedWith() {
        RequestView test = journey.files(RequestKind.CONNECT, Contour.TEST);
        assertEquals(Set.of("CONFIRM_REQUEST 2026-03-02", "DECIDE_TEST 2026-03-06"), journey.owed());
        journey.until("2026-03-02", "10:00");
        journey.confirm(test);
        journey.ask(test, "Which version of the product?");
        assertEquals(List.of("N01", "N03"), journey.letters());
        assertEquals(Set.of("SUPPLY_INFORMATION 2026-04-14"), journey.owed(), "the applicant has the word");
        journey.until("2026-03-04", "09:00");
        journey.answers(test, "The second.");
        assertEquals(Set.of("DECIDE_TEST 2026-03-11"), journey.owed(), "the clock begins anew");
        journey.until("2026-03-10", "15:00");
        journey.grant(test);
        assertEquals(List.of("N04"), journey.letters());
        assertEquals(Set.of(), journey.owed());

        IssuedToken virtual = journey.token(Contour.TEST);
        journey.assertAnswered(Contour.TEST, virtual);
        journey.assertRefused("PARTICIPANT_NOT_CONNECTED", Contour.PRODUCTION, virtual);

        RequestView early = journey.files(RequestKind.CONNECT, Contour.PRODUCTION);
        journey.confirm(early);
        assertEquals("AGREEMENT_MISSING", assertThrows(Refusal.class, () -> journey.grant(early)).code().name());
        journey.refuse(early, "AGREEMENT_MISSING");
        journey.until("2026-03-12", "11:00");
        journey.sign("2026-12-31");
        RequestView production = journey.filesAgain(early);
        journey.confirm(production);
        journey.until("2026-03-16", "11:00");
        journey.grant(production);
        assertEquals(List.of("N01", "N09", "N06", "N01", "N05"), journey.letters());
        IssuedToken token = journey.token(Contour.PRODUCTION);
        journey.assertAnswered(Contour.PRODUCTION, token);
        journey.assertRefused("TOKEN_NOT_ACCEPTED", Contour.PRODUCTION, virtual);

        journey.until("2026-04-28", "16:00");
        journey.measure(Contour.PRODUCTION, ConnectionEvent.SUSPEND, "INCIDENT");
        journey.assertRefused("PARTICIPANT_SUSPENDED", Contour.PRODUCTION, token);
        journey.assertAnswered(Contour.TEST, virtual);
        assertEquals(List.of("N13"), journey.letters());
        RequestView restoration = journey.files(RequestKind.RESTORE, Contour.PRODUCTION);
        assertEquals(Set.of("CONFIRM_REQUEST 2026-04-29", "DECIDE_RESTORATION 2026-05-13"), journey.owed(), "the first ten days of May are holidays");
        journey.confirm(restoration);
        journey.until("2026-05-13", "23:00");
        journey.assertRefused("PARTICIPANT_SUSPENDED", Contour.PRODUCTION, token);
        journey.grant(restoration);
        journey.assertAnswered(Contour.PRODUCTION, token);
        assertEquals(List.of("N01", "N07"), journey.letters());

        journey.until("2026-05-14", "12:00");
        assertEquals("ANNOUNCED_TOO_SHORTLY", assertThrows(Refusal.class,
                () -> journey.announce(Contour.PRODUCTION, ConnectionEvent.ANNOUNCE_TERMINATION, "DUTIES_NOT_PERFORMED", "2026-05-19")).code().name());
        journey.announce(Contour.PRODUCTION, ConnectionEvent.ANNOUNCE_TERMINATION, "DUTIES_NOT_PERFORMED", "2026-05-20");
        assertEquals(AgreementState.TERMINATION_ANNOUNCED, journey.agreement().state());
        assertEquals(List.of("N15"), journey.letters());
        journey.until("2026-05-19", "23:59");
        journey.assertAnswered(Contour.PRODUCTION, token);
        journey.until("2026-05-20", "00:00");
        assertEquals(ConnectionState.DISCONNECTED, journey.connection(Contour.PRODUCTION).state());
        assertEquals(AgreementState.TERMINATED, journey.agreement().state());
        assertEquals(List.of("N14"), journey.letters());
        journey.assertAnswered(Contour.TEST, virtual);

        RequestView anew = journey.files(RequestKind.CONNECT, Contour.PRODUCTION);
        journey.confirm(anew);
        journey.sign("2027-12-31");
        journey.grant(anew);
        journey.assertRefused("CERTIFICATE_BLOCKED", Contour.PRODUCTION, token);
        journey.registersAnotherCertificate(Contour.PRODUCTION);
        journey.assertRefused("CONSENT_REVOKED", Contour.PRODUCTION, token);
        journey.assertAnswered(Contour.PRODUCTION, journey.token(Contour.PRODUCTION));
    }

    /** Wednesday, 20 May; nothing leaves until then, and the three full working days after it are Thursday, Friday and Monday. */
    @Test
    void aTerminationWhoseLetterNoMailServerTookMovesOnUntilOneDid() {
        connect("2026-12-31");
        journey.until("2026-05-14", "12:00");
        IssuedToken token = journey.token(Contour.PRODUCTION);
        journey.letters();
        journey.announce(Contour.PRODUCTION, ConnectionEvent.ANNOUNCE_TERMINATION, "DUTIES_NOT_PERFORMED", "2026-05-20");
        journey.until("2026-05-20", "00:00");
        journey.assertAnswered(Contour.PRODUCTION, token);
        assertEquals(AgreementState.TERMINATION_ANNOUNCED, journey.agreement().state());
        assertEquals(List.of("N15", "N25"), journey.letters());
        journey.until("2026-05-25", "23:59");
        journey.assertAnswered(Contour.PRODUCTION, token);
        journey.until("2026-05-26", "00:00");
        journey.assertRefused("PARTICIPANT_DISCONNECTED", Contour.PRODUCTION, token);
        assertEquals(AgreementState.TERMINATED, journey.agreement().state());
        assertEquals(List.of("N14"), journey.letters());
    }

    @Test
    void anAgreementThatIsNotRenewedStopsCallsAtItsLastMidnightAndPartsThirtyWorkingDaysLater() {
        connect("2026-04-30");
        IssuedToken token = journey.token(Contour.PRODUCTION);
        journey.letters();
        journey.until("2026-04-30", "23:59");
        journey.assertAnswered(Contour.PRODUCTION, token);
        assertEquals(List.of("N19", "N19", "N19"), journey.letters(), "30, 10 and 3 working days ahead");
        journey.until("2026-05-01", "00:00");
        journey.assertRefused("PARTICIPANT_SUSPENDED", Contour.PRODUCTION, token);
        assertEquals(List.of("N13"), journey.letters());
        assertEquals(Set.of("RENEW_AGREEMENT 2026-06-22"), journey.owed());
        journey.until("2026-06-22", "23:59");
        assertEquals(ConnectionState.SUSPENDED, journey.connection(Contour.PRODUCTION).state());
        journey.until("2026-06-23", "00:00");
        assertEquals(ConnectionState.DISCONNECTED, journey.connection(Contour.PRODUCTION).state());
        assertEquals(List.of("N21", "N14"), journey.letters(), "reminded a working day ahead");
    }

    @Test
    void anAgreementThatIsRenewedInTimeLetsTheSameTokenWorkAgain() {
        connect("2026-04-30");
        IssuedToken token = journey.token(Contour.PRODUCTION);
        journey.until("2026-05-06", "09:00");
        journey.assertRefused("PARTICIPANT_SUSPENDED", Contour.PRODUCTION, token);
        journey.letters();
        journey.sign("2026-12-31");
        journey.assertAnswered(Contour.PRODUCTION, token);
        assertEquals(List.of("N06", "N07"), journey.letters());
    }

    private void connect(String agreedUntil) {
        RequestView test = journey.files(RequestKind.CONNECT, Contour.TEST);
        journey.confirm(test);
        journey.grant(test);
        journey.sign(agreedUntil);
        RequestView production = journey.files(RequestKind.CONNECT, Contour.PRODUCTION);
        journey.confirm(production);
        journey.grant(production);
        assertEquals(RequestState.GRANTED, journey.read(production).state());
    }
}
