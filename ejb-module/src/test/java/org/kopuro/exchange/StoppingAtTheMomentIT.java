package org.kopuro.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.kopuro.access.AccessRefusal;
import org.kopuro.access.ConnectionEvent;
import org.kopuro.access.ConnectionState;
import org.kopuro.access.ConnectionView;
import org.kopuro.access.Connections;
import org.kopuro.access.agreements.AgreementTerms;
import org.kopuro.access.agreements.AgreementView;
import org.kopuro.access.agreements.Agreements;
import org.kopuro.access.agreements.NewAgreement;
import org.kopuro.access.requests.DueDates;
import org.kopuro.consent.HeldTokens;
import org.kopuro.consent.Holder;
import org.kopuro.consent.Introspected;
import org.kopuro.consent.IssuedToken;
import org.kopuro.installation.Installation;
import org.kopuro.kernel.Actor;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.Refusal;
import org.kopuro.taxservices.TaxServices;
import org.kopuro.testing.Rows;
import org.kopuro.testing.Scene;

/**
 * What is due at midnight stops calls at midnight (ACC-57, ACC-T23, ACC-T31, ACC-T32), while every clock that would write it is late: none runs here unless a test says so. It is
 * Monday, 2 March 2026.
 */
class StoppingAtTheMomentIT {

    private static final LocalDate FRIDAY = LocalDate.of(2026, 3, 6);
    private Scene scene = new Scene();

    @Test
    void anAnnouncedTerminationThatWasToldInTimePassesItsLastSecondAndNotTheNext() {
        scene.announcementTaken(announceTermination());
        at(midnight(FRIDAY).minusSeconds(1));
        assertAnswered();
        at(midnight(FRIDAY));
        assertRefused(AccessRefusal.PARTICIPANT_DISCONNECTED);
        assertEquals(ConnectionState.TERMINATION_ANNOUNCED, scene.connection().state(), "nothing is written yet");
        scene.application.run(DueDates.class, DueDates::look);
        assertEquals(ConnectionState.DISCONNECTED, scene.connection().state(), "and the clock judges as the call was judged");
    }

    /** Under the procedure that announces suspensions, by whose calendar the day begins three hours later. */
    @Test
    void anAnnouncedSuspensionLikewise() {
        ConnectionView platform = scene.connect(Contour.TEST, "RU-422-696");
        scene.announcementTaken(scene.apply(platform, Scene.change(ConnectionEvent.ANNOUNCE_SUSPENSION).on("OFF_PURPOSE").from(FRIDAY)));
        Instant moment = FRIDAY.atStartOfDay(ZoneId.of("Europe/Moscow")).toInstant();
        assertEquals("SUSPENSION_ANNOUNCED", stateAt(platform, moment.minusSeconds(1)));
        assertEquals("SUSPENDED", stateAt(platform, moment));
    }

    /** Of Friday, the 6th, nobody was told before; three full working days after it are Monday to Wednesday. No clock moves the day that the row says. */
    @Test
    void aDayThatIsGoingToBeMovedStopsNothingUntilTheTermIsKept() {
        ConnectionView announced = announceTermination();
        at(midnight(FRIDAY));
        assertAnswered();
        scene.announcementTaken(announced);
        LocalDate thursday = LocalDate.of(2026, 3, 12);
        at(midnight(thursday).minusSeconds(1));
        assertAnswered();
        at(midnight(thursday));
        assertRefused(AccessRefusal.PARTICIPANT_DISCONNECTED);
        assertEquals(Optional.of(midnight(FRIDAY)), scene.connection().announcedFor());
    }

    @Test
    void aWithdrawnAnnouncementStopsNothing() {
        scene.announcementTaken(announceTermination());
        scene.apply(ConnectionEvent.WITHDRAW_TERMINATION);
        at(midnight(FRIDAY));
        assertAnswered();
    }

    @Test
    void theEndOfTheAgreementPassesItsLastSecondAndNotTheNext() {
        inProductionUntil(FRIDAY);
        at(midnight(FRIDAY.plusDays(1)).minusSeconds(1));
        assertAnswered();
        at(midnight(FRIDAY.plusDays(1)));
        assertRefused(AccessRefusal.PARTICIPANT_SUSPENDED);
        assertEquals(ConnectionState.CONNECTED, scene.connection().state(), "nothing is written yet");
        scene.application.run(DueDates.class, DueDates::look);
        assertEquals(ConnectionState.SUSPENDED, scene.connection().state());
    }

    /** What its holder is told of a token, and whoever wants another one, is what a call would meet (CON-50). */
    @Test
    void theEndOfTheAgreementStopsNewTokensAndTheScopeOfOthersAtTheSameMoment() {
        inProductionUntil(FRIDAY);
        IssuedToken token = scene.token();
        Holder holder = new Holder(Contour.PRODUCTION, scene.participant.id().value(), scene.subsystem.id().value(), Actor.of(UUID.randomUUID(), "PARTICIPANT"));
        at(midnight(FRIDAY.plusDays(1)).minusSeconds(1));
        assertEquals(Optional.empty(), introspect(token, holder).reason());
        at(midnight(FRIDAY.plusDays(1)));
        Introspected asked = introspect(token, holder);
        assertEquals(List.of(), asked.services());
        assertEquals(Optional.of(AccessRefusal.PARTICIPANT_SUSPENDED), asked.reason());
        assertEquals(AccessRefusal.PARTICIPANT_SUSPENDED, assertThrows(Refusal.class, () -> scene.token()).code());
        assertEquals(ConnectionState.CONNECTED, scene.connection().state(), "nothing is written yet");
    }

    private Introspected introspect(IssuedToken token, Holder holder) {
        return scene.application.with(HeldTokens.class, tokens -> tokens.introspect(token.text(), holder)).orElseThrow();
    }

    @Test
    void aRenewalThatIsInForceLetsCallsThroughAndOneThatBeginsLaterDoesNot() {
        inProductionUntil(FRIDAY);
        renew(FRIDAY.plusDays(1));
        at(midnight(FRIDAY.plusDays(1)));
        assertAnswered();
        scene = new Scene();
        inProductionUntil(FRIDAY);
        renew(FRIDAY.plusDays(2));
        at(midnight(FRIDAY.plusDays(1)));
        assertRefused(AccessRefusal.PARTICIPANT_SUSPENDED);
        at(midnight(FRIDAY.plusDays(2)));
        assertAnswered();
    }

    @Test
    void theEndOfAnAgreementStopsNothingInTest() {
        inProductionUntil(FRIDAY);
        ConnectionView inTest = scene.application.with(Connections.class, connections -> connections.of(scene.participant.id(), Contour.TEST)).get(0);
        assertEquals("CONNECTED", stateAt(inTest, midnight(FRIDAY.plusDays(1))));
    }

    private ConnectionView announceTermination() {
        return scene.apply(Scene.change(ConnectionEvent.ANNOUNCE_TERMINATION).on("DUTIES_NOT_PERFORMED").from(FRIDAY));
    }

    private static String stateAt(ConnectionView connection, Instant moment) {
        return Rows.of("select access.connection_state_at(?, ?)", connection.id().value(), moment.atOffset(ZoneOffset.UTC)).get(0);
    }

    private void inProductionUntil(LocalDate lastDay) {
        scene = new Scene(Contour.PRODUCTION);
        AgreementView inForce = scene.application.with(Agreements.class, agreements -> agreements.of(scene.participant.id(), Contour.PRODUCTION)).get(0);
        AgreementTerms ending = scene.onPaper(inForce, scene.terms(inForce.terms().orElseThrow().firstDay(), lastDay, Scene.SERVICES));
        scene.application.run(Agreements.class, agreements -> agreements.amend(inForce.id(), Contour.PRODUCTION, ending, "It ends.", Scene.OFFICIAL));
    }

    private void renew(LocalDate firstDay) {
        AgreementView draft = scene.application.with(Agreements.class, agreements ->
                agreements.draft(new NewAgreement(scene.participant.id(), Scene.PROCEDURE, UUID.randomUUID().toString(), false), Scene.OFFICIAL));
        AgreementTerms signed = scene.onPaper(draft, scene.terms(firstDay, null, Scene.SERVICES));
        scene.application.run(Agreements.class, agreements -> agreements.sign(draft.id(), Contour.PRODUCTION, signed, Scene.OFFICIAL));
    }

    private void at(Instant moment) {
        scene.application.clock().set(moment);
    }

    private static Instant midnight(LocalDate day) {
        return day.atStartOfDay(Installation.ZONE).toInstant();
    }

    private void assertAnswered() {
        assertInstanceOf(Answer.Disclosed.class, call());
    }

    private void assertRefused(AccessRefusal expected) {
        assertEquals(expected, assertInstanceOf(Answer.Refused.class, call()).refusal().code());
    }

    private Answer<?> call() {
        return scene.application.with(TaxServices.class, services ->
                services.tpDataByINNforBusinessActivity(scene.call("tpDataByINNforBusinessActivity", null), scene.inn.digits()));
    }
}
