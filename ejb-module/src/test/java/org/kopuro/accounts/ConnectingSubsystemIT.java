package org.kopuro.accounts;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.kopuro.kernel.Actor;
import org.kopuro.kernel.Contour;
import org.kopuro.participants.CertificateEvent;
import org.kopuro.participants.CertificatePurpose;
import org.kopuro.participants.NewCertificate;
import org.kopuro.participants.Participants;
import org.kopuro.participants.SigningCertificate;
import org.kopuro.testing.Scene;
import org.kopuro.testing.TestApplication;
import org.kopuro.testing.TestCertificates;

/** A bank's system signs in by the certificate that its subsystem registered for TLS, and by no other (decision 0038). */
class ConnectingSubsystemIT {

    private final Scene scene = new Scene();
    private final TestCertificates.Identity key = TestCertificates.elliptic(scene.application.clock().instant());

    @Test
    void isABankOperatorOfItsParticipantAndContour() {
        register(CertificatePurpose.TLS);
        SignedIn program = signIn(scene.application).orElseThrow();
        assertEquals(List.of(Role.BANK_OPERATOR), program.roles());
        assertEquals(Optional.of(scene.participant.id().value()), program.participant());
        assertEquals(Contour.TEST, program.contour());
        assertEquals(Actor.ofSubsystem(scene.subsystem.id().value()), program.actor());
        assertEquals(program.actor(), program.as(List.of(Role.REGULATOR, Role.BANK_OPERATOR)).orElseThrow().actor());
        assertEquals(Optional.empty(), program.as(List.of(Role.PARTICIPANT, Role.NODE_ADMINISTRATOR)));
    }

    @Test
    void isNobodyWithOneThatIsNotRegisteredOrSigns() {
        assertEquals(Optional.empty(), signIn(scene.application));
        register(CertificatePurpose.SIGNING);
        assertEquals(Optional.empty(), signIn(scene.application));
    }

    @Test
    void isNobodyWithABlockedOne() {
        register(CertificatePurpose.TLS);
        String thumbprint = HexFormat.of().formatHex(thumbprint());
        scene.application.run(Participants.class, participants -> participants.apply(CertificateEvent.BLOCK, thumbprint, Contour.TEST, "lost", Scene.OFFICIAL));
        assertEquals(Optional.empty(), signIn(scene.application));
    }

    @Test
    void isNobodyWithOneThatHasExpired() {
        register(CertificatePurpose.TLS);
        Instant after = key.certificate().getNotAfter().toInstant().plus(Duration.ofSeconds(1));
        assertEquals(Optional.empty(), signIn(new TestApplication("TEST,PRODUCTION", after)));
        assertEquals(Optional.empty(), signIn(new TestApplication("TEST,PRODUCTION", key.certificate().getNotBefore().toInstant().minusSeconds(1))));
    }

    @Test
    void isNobodyWhereItsContourIsNotServed() {
        register(CertificatePurpose.TLS);
        assertEquals(Optional.empty(), signIn(new TestApplication("PRODUCTION", Scene.NOON)));
    }

    private void register(CertificatePurpose purpose) {
        scene.application.run(Participants.class, participants -> participants.registerCertificate(
                NewCertificate.fromLetter(scene.subsystem.id(), Contour.TEST, purpose, SigningCertificate.read(key.der(), "pem"), "a letter of a test"), Scene.OFFICIAL));
    }

    private Optional<SignedIn> signIn(TestApplication application) {
        return application.with(Accounts.class, accounts -> accounts.signInBy(thumbprint()));
    }

    private byte[] thumbprint() {
        return SigningCertificate.thumbprintOf(key.der());
    }
}
