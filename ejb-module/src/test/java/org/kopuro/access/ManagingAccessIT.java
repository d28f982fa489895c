package org.kopuro.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.kopuro.kernel.Actor;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.Inn;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Language;
import org.kopuro.kernel.Refusal;
import org.kopuro.kernel.RefusalCode;
import org.kopuro.participants.FaultDialect;
import org.kopuro.participants.NewContact;
import org.kopuro.participants.NewParticipant;
import org.kopuro.participants.ParticipantKind;
import org.kopuro.participants.ParticipantRefusal;
import org.kopuro.participants.Participants;
import org.kopuro.participants.SigningCertificate;
import org.kopuro.testing.Rows;
import org.kopuro.testing.Scene;
import org.kopuro.testing.TestCertificates;

class ManagingAccessIT {

    private final Scene scene = new Scene();

    @Test
    void refusesOverlappingRightsAndAllowsThemAfterRevocation() {
        assertRefused(AccessRefusal.ACCESS_RIGHT_OVERLAPS, () -> scene.grant(scene.subsystem, "headcount", scene.today().plusDays(5), null));
        AccessRightView first = scene.application.with(AccessRights.class, rights -> rights.of(scene.subsystem.id(), Contour.TEST)).stream()
                .filter(right -> right.serviceCode().equals("headcount")).findFirst().orElseThrow();
        revoke(first, Contour.TEST);
        scene.grant(scene.subsystem, "headcount", scene.today().plusDays(5), null);
        assertRefused(InputRefusal.TRANSITION_NOT_ALLOWED, () -> revoke(first, Contour.TEST));
    }

    /** ACC-1: also where it is the system that does it. */
    @Test
    void tellsWhoAddedASubsystemAndWhoGaveARightAndTookIt() {
        var added = scene.application.with(Participants.class, participants -> participants.addSubsystem(scene.participant.id(), "nightly", "By the system", Actor.SYSTEM));
        assertEquals(List.of("OPERATOR app", "SYSTEM nightly"), scene.application.with(Participants.class, participants -> participants.get(scene.participant.id())).subsystems().stream()
                .map(subsystem -> subsystem.registeredRole() + " " + subsystem.code()).toList());
        assertEquals(List.of(Scene.OFFICIAL.account(), Optional.empty()), List.of(scene.subsystem.registeredBy(), added.registeredBy()));
        AccessRightView right = scene.grant(added, "headcount", scene.today(), null);
        assertEquals(new AccessRightView.Decision(Scene.NOON, Scene.OFFICIAL.account(), "OPERATOR", "in a test"), read(right).granted());
        assertEquals(Optional.empty(), read(right).revoked());
        scene.apply(ConnectionEvent.DISCONNECT);
        assertEquals(Optional.of(new AccessRightView.Decision(Scene.NOON, Scene.OFFICIAL.account(), "OPERATOR", "in a test")), read(right).revoked());
    }

    private AccessRightView read(AccessRightView right) {
        return scene.application.with(AccessRights.class, rights -> rights.of(right.subsystem(), Contour.TEST)).stream().filter(one -> one.id().equals(right.id())).findFirst().orElseThrow();
    }

    @Test
    void hidesRightsOfTheOtherContour() {
        AccessRightView right = scene.application.with(AccessRights.class, rights -> rights.of(scene.subsystem.id(), Contour.TEST)).get(0);
        assertRefused(InputRefusal.NOT_FOUND, () -> revoke(right, Contour.PRODUCTION));
        assertEquals(List.of(), scene.application.with(AccessRights.class, rights -> rights.of(scene.subsystem.id(), Contour.PRODUCTION)));
    }

    @Test
    void grantsNothingToAParticipantThatIsNotConnected() {
        scene.apply(ConnectionEvent.SUSPEND);
        assertRefused(AccessRefusal.PARTICIPANT_SUSPENDED, () -> scene.grant(scene.subsystem, "headcount", scene.today(), null));
        scene.apply(ConnectionEvent.DISCONNECT);
        assertRefused(AccessRefusal.PARTICIPANT_DISCONNECTED, () -> scene.grant(scene.subsystem, "headcount", scene.today(), null));
    }

    @Test
    void refusesAnUnknownServiceAndAReversedPeriod() {
        assertRefused(AccessRefusal.SERVICE_UNKNOWN, () -> scene.grant(scene.subsystem, "noSuchService", scene.today(), null));
        assertRefused(AccessRefusal.ACCESS_RIGHT_PERIOD_INVALID, () -> scene.grant(scene.subsystem, "headcount", scene.today(), scene.today().minusDays(1)));
    }

    @Test
    void registersAMemberAndASubsystemOnce() {
        assertRefused(ParticipantRefusal.SUBSYSTEM_ALREADY_REGISTERED, () -> scene.addSubsystem("app"));
        assertRefused(ParticipantRefusal.PARTICIPANT_ALREADY_REGISTERED, () -> register(scene.participant.memberCode()));
    }

    @Test
    void registersACertificateOnceAndOnlyWithAnAcceptableKey() {
        TestCertificates.Identity identity = TestCertificates.rsa(Scene.NOON);
        registerCertificate(identity);
        assertRefused(ParticipantRefusal.CERTIFICATE_ALREADY_REGISTERED, () -> registerCertificate(identity));
        assertRefused(ParticipantRefusal.CERTIFICATE_KEY_REFUSED, () -> registerCertificate(
                TestCertificates.make("RSA", 1024, "SHA256withRSA", Scene.NOON, Scene.NOON.plusSeconds(1000))));
        assertRefused(ParticipantRefusal.CERTIFICATE_EXPIRED_ALREADY, () -> registerCertificate(
                TestCertificates.make("EC", 256, "SHA256withECDSA", Scene.NOON.minusSeconds(1000), Scene.NOON)));
        assertRefused(ParticipantRefusal.CERTIFICATE_UNREADABLE, () -> SigningCertificate.read("not a certificate".getBytes(java.nio.charset.StandardCharsets.US_ASCII), "pem"));
    }

    @Test
    void keepsHostileTextAsText() {
        String name = "Robert'); drop table participants.participant; --<script>&\"";
        var registered = scene.application.with(Participants.class, participants -> participants.register(new NewParticipant("central-server", "COM",
                "6" + UUID.randomUUID().toString().substring(0, 12), ParticipantKind.LEGAL_PERSON, name, Optional.of(new Inn("03002198000001")), "a@example.kg",
                Language.RU, FaultDialect.SNAKE_CASE, List.of(new NewContact(name, "u", "p", "e@example.kg", "+996"))), Scene.OFFICIAL));
        assertEquals(List.of(name), Rows.of("select full_name from participants.participant where id = ?", registered.id().value()));
    }

    private void register(String memberCode) {
        scene.application.run(Participants.class, participants -> participants.register(new NewParticipant("central-server", "COM", memberCode,
                ParticipantKind.LEGAL_PERSON, "x", Optional.empty(), "a@example.kg", Language.RU, FaultDialect.CAMEL_CASE,
                List.of(new NewContact("n", "u", "p", "e@example.kg", "+996"))), Scene.OFFICIAL));
    }

    private void registerCertificate(TestCertificates.Identity identity) {
        scene.application.run(Participants.class, participants ->
                participants.registerCertificate(Scene.letter(scene.subsystem, Contour.TEST, identity), Scene.OFFICIAL));
    }

    private void revoke(AccessRightView right, Contour contour) {
        scene.application.run(AccessRights.class, rights -> rights.apply(AccessRightEvent.REVOKE, right.id(), contour, "in a test", Scene.OFFICIAL));
    }

    private static void assertRefused(RefusalCode expected, org.junit.jupiter.api.function.Executable useCase) {
        assertEquals(expected, assertThrows(Refusal.class, useCase).code());
    }
}
