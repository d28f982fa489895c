package org.kopuro.access.agreements;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.function.Executable;
import org.kopuro.access.AccessRightState;
import org.kopuro.access.AccessRights;
import org.kopuro.access.ConnectionView;
import org.kopuro.access.Connections;
import org.kopuro.access.NewAccessRight;
import org.kopuro.access.requests.DueDates;
import org.kopuro.installation.Installation;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.Refusal;
import org.kopuro.kernel.RefusalCode;
import org.kopuro.testing.Rows;
import org.kopuro.testing.Scene;

/** A participant that is connected to TEST, and its agreements. It is Monday, 2 March 2026. */
abstract class AgreementScene {

    static final LocalDate LAST = LocalDate.of(2026, 4, 30);
    /** In TEST, with nothing in PRODUCTION yet; Monday, 2 March 2026. */
    final Scene scene = new Scene();

    /** Signed, from 1 March, and connected with rights to everything. */
    AgreementView connected(LocalDate lastDay) {
        AgreementView agreement = scene.agree(scene.terms(LocalDate.of(2026, 3, 1), lastDay, Scene.SERVICES));
        scene.connect(Contour.PRODUCTION, Scene.PROCEDURE);
        Scene.SERVICES.forEach(this::grant);
        return agreement;
    }

    void grant(String service) {
        scene.showStopping(scene.subsystem);
        scene.application.run(AccessRights.class, rights -> rights.grant(
                new NewAccessRight(scene.subsystem.id(), service, Contour.PRODUCTION, scene.today(), Optional.empty()), "in a test", Scene.OFFICIAL));
    }

    AgreementView draft(String number, boolean legacy) {
        return scene.application.with(Agreements.class, agreements -> agreements.draft(new NewAgreement(scene.participant.id(), Scene.PROCEDURE, number, legacy), Scene.OFFICIAL));
    }

    AgreementView sign(AgreementView agreement, AgreementTerms terms) {
        AgreementTerms signed = scene.onPaper(agreement, terms);
        return scene.application.with(Agreements.class, agreements -> agreements.sign(agreement.id(), Contour.PRODUCTION, signed, Scene.OFFICIAL));
    }

    AgreementView amend(AgreementView agreement, AgreementTerms terms) {
        AgreementTerms signed = scene.onPaper(agreement, terms);
        return scene.application.with(Agreements.class, agreements -> agreements.amend(agreement.id(), Contour.PRODUCTION, signed, "other services", Scene.OFFICIAL));
    }

    static AgreementTerms with(AgreementTerms terms, LocalDate signedOn, UUID document) {
        return new AgreementTerms(signedOn, terms.firstDay(), terms.lastDay(), terms.dataFormat(), terms.consentForm(), terms.consentKeptMonths(), terms.consentTransferFormat(),
                terms.authoritySignatory(), terms.participantSignatory(), terms.services(), document, terms.confirmations(), terms.noticeEmail(), terms.suspensionBasis());
    }

    AgreementView read(AgreementView agreement) {
        return scene.application.with(Agreements.class, agreements -> agreements.get(agreement.id(), Contour.PRODUCTION));
    }

    /** The newest in PRODUCTION. */
    ConnectionView connection() {
        return scene.application.with(Connections.class, connections -> connections.of(scene.participant.id(), Contour.PRODUCTION)).get(0);
    }

    List<String> activeServices() {
        return scene.application.with(AccessRights.class, rights -> rights.of(scene.subsystem.id(), Contour.PRODUCTION)).stream()
                .filter(right -> right.state() == AccessRightState.ACTIVE).map(right -> right.serviceCode()).toList();
    }

    static List<String> notices(AgreementView agreement) {
        return Rows.of("select kind from notices.notice where about_id = ? order by kind", agreement.id().value());
    }

    void look() {
        scene.application.run(DueDates.class, DueDates::look);
    }

    void until(LocalDate day, long seconds) {
        scene.application.clock().advance(Duration.between(now(), day.atStartOfDay(Installation.ZONE).toInstant().plusSeconds(seconds)));
    }

    Instant now() {
        return scene.application.clock().instant();
    }

    static void assertRefused(RefusalCode code, Executable action) {
        assertEquals(code, assertThrows(Refusal.class, action).code());
    }
}
