package org.kopuro.access.credentials;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.kopuro.access.ConnectionEvent;
import org.kopuro.accounts.SignedIn;
import org.kopuro.exchange.Answer;
import org.kopuro.exchange.Call;
import org.kopuro.exchange.Credential;
import org.kopuro.exchange.Exchange;
import org.kopuro.exchange.IdentityRefusal;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.participants.CertificateChange;
import org.kopuro.participants.CertificateEvent;
import org.kopuro.participants.CertificateProof;
import org.kopuro.participants.CertificatePurpose;
import org.kopuro.participants.CertificateState;
import org.kopuro.participants.CertificateView;
import org.kopuro.participants.NewCertificate;
import org.kopuro.participants.ParticipantRefusal;
import org.kopuro.participants.Participants;
import org.kopuro.participants.SigningCertificate;
import org.kopuro.taxservices.TaxServices;
import org.kopuro.testing.Rows;
import org.kopuro.testing.Scene;
import org.kopuro.testing.TestCertificates;

/** Whoever registers a certificate holds its key, or has it from a letter; for one purpose; and who did what to it, and why, is known: ACC-1, ACC-59, decision 0018. */
class RegisteringCertificatesIT {

    private static final TestCertificates.Identity KEY_OF_ANOTHER = TestCertificates.elliptic(Scene.NOON);
    private final Scene scene = Node.inTest();
    private final Node node = new Node(scene);
    private final SignedIn administrator = node.administrator();

    @Test
    void inTestAnAdministratorRegistersWhatItHasTheKeyOf() {
        TestCertificates.Identity key = key();
        CertificateView registered = node.register(administrator, key);
        assertEquals(Contour.TEST, registered.contour());
        assertEquals(CertificatePurpose.SIGNING, registered.purpose());
        assertEquals(CertificateProof.KEY, registered.proof());
        CertificateChange only = history(registered).get(0);
        assertEquals(new CertificateChange(1, CertificateEvent.REGISTER, CertificateState.REGISTERED, now(), Optional.of(administrator.account()), "NODE_ADMINISTRATOR", "in a test"), only);
        assertEquals(List.of(registered.thumbprint(), scene.certificate.thumbprint()).stream().sorted().toList(), certificates().stream().map(CertificateView::thumbprint).sorted().toList());
        Node.assertRefused(ParticipantRefusal.CERTIFICATE_ALREADY_REGISTERED, () -> node.register(administrator, key));
        Node.assertRefused(InputRefusal.NOT_FOUND, () -> new Node(Node.inTest()).register(administrator));
    }

    @Test
    void theTextNamesAllThatItIsGoodFor() {
        TestCertificates.Identity key = key();
        ChallengeView challenge = node.challenge(administrator, CertificatePurpose.TLS, key);
        assertEquals("""
                kopuro-certificate-possession/1
                challenge: %s
                subsystem: %s
                contour: TEST
                purpose: TLS
                certificate: %s
                expires: %s
                """.formatted(challenge.id(), String.join("/", scene.participant.instance(), scene.participant.memberClass(), scene.participant.memberCode(), scene.subsystem.code()),
                SigningCertificate.read(key.der(), "pem"), now().plus(Duration.ofHours(24))), challenge.text());
    }

    /** The attack: certificates are public, and each can be registered once. */
    @Test
    void nobodyRegistersACertificateWhoseKeyAnotherHas() {
        TestCertificates.Identity theirs = key();
        ChallengeView challenge = node.challenge(administrator, CertificatePurpose.SIGNING, theirs);
        TestCertificates.Identity forged = new TestCertificates.Identity(key().keys(), theirs.certificate());
        for (byte[] signature : List.of(new byte[0], "signature".getBytes(StandardCharsets.US_ASCII), TestCertificates.detached(forged, challenge.octets()),
                TestCertificates.detached(key(), challenge.octets()), TestCertificates.detached(theirs, "something else it signed".getBytes(StandardCharsets.US_ASCII)))) {
            Node.assertRefused(CredentialRefusal.POSSESSION_NOT_PROVED, () -> node.register(administrator, challenge, theirs, signature));
        }
        Node owner = new Node(Node.inTest());
        assertEquals(owner.scene.subsystem.id(), owner.register(owner.administrator(), theirs).subsystem());
        // And then nobody can ask whose it is without having its key.
        Node.assertRefused(CredentialRefusal.POSSESSION_NOT_PROVED, () -> node.register(administrator, challenge, theirs, TestCertificates.detached(forged, challenge.octets())));
    }

    @Test
    void aChallengeIsForOneParticipantOneCertificateOneTextAndOneDay() {
        TestCertificates.Identity key = key();
        ChallengeView challenge = node.challenge(administrator, CertificatePurpose.SIGNING, key);
        Node stranger = new Node(Node.inTest());
        SignedIn there = stranger.administrator();
        Node.assertRefused(CredentialRefusal.CHALLENGE_NOT_VALID, () -> stranger.register(there, challenge, key));
        Node.assertRefused(CredentialRefusal.CHALLENGE_NOT_VALID, () -> node.register(administrator, challenge, key()));
        ChallengeView forTls = node.challenge(administrator, CertificatePurpose.TLS, key);
        Node.assertRefused(CredentialRefusal.POSSESSION_NOT_PROVED, () -> node.register(administrator, challenge, key, TestCertificates.detached(key, forTls.octets())));
        Node.assertRefused(CredentialRefusal.CHALLENGE_NOT_VALID, () -> node.register(administrator, new ChallengeView(UUID.randomUUID(), challenge.subsystem(), challenge.identifier(),
                challenge.contour(), challenge.purpose(), challenge.thumbprint(), challenge.expiresAt()), key));
        node.application.clock().advance(Duration.ofHours(24).minusSeconds(1));
        ChallengeView another = node.challenge(administrator, CertificatePurpose.SIGNING, key);
        node.application.clock().advance(Duration.ofSeconds(1));
        Node.assertRefused(CredentialRefusal.CHALLENGE_NOT_VALID, () -> node.register(administrator, challenge, key));
        assertEquals(CertificateProof.KEY, node.register(administrator, another, key).proof());
    }

    @Test
    void aChallengeIsGoodOnceAlsoForTwoAtOnce() throws InterruptedException {
        TestCertificates.Identity key = key();
        ChallengeView challenge = node.challenge(administrator, CertificatePurpose.SIGNING, key);
        Callable<Object> register = () -> node.register(administrator, challenge, key).state();
        assertEquals(Set.of(CertificateState.REGISTERED, CredentialRefusal.CHALLENGE_NOT_VALID), Set.copyOf(Node.atOnce(List.of(register, register))));
        Node.assertRefused(CredentialRefusal.CHALLENGE_NOT_VALID, () -> node.register(administrator, challenge, key));
    }

    @Test
    void challengesOfADayAreLimited() {
        node.challenge(administrator, CertificatePurpose.SIGNING, KEY_OF_ANOTHER);
        Rows.change("""
                insert into access.certificate_challenge (id, participant_id, contour, subsystem_id, purpose, thumbprint, issued_at, expires_at, issued_by, issued_by_role)
                select gen_random_uuid(), participant_id, contour, subsystem_id, purpose, thumbprint, issued_at, expires_at, issued_by, issued_by_role
                  from access.certificate_challenge, generate_series(2, ?) where participant_id = ?""", NodeCertificates.CHALLENGES_A_DAY_MAX, scene.participant.id().value());
        Node.assertRefused(CredentialRefusal.CHALLENGES_TOO_MANY, () -> node.challenge(administrator, CertificatePurpose.SIGNING, KEY_OF_ANOTHER));
        node.application.clock().advance(Duration.ofDays(1));
        node.challenge(administrator, CertificatePurpose.SIGNING, KEY_OF_ANOTHER);
    }

    @Test
    void aRefusedRegistrationLeavesItsChallengeOpen() {
        TestCertificates.Identity key = key();
        ChallengeView challenge = node.challenge(administrator, CertificatePurpose.SIGNING, key);
        Node.assertRefused(InputRefusal.FIELD_MISSING, () -> node.application.run(NodeCertificates.class, certificates ->
                certificates.register(challenge.id(), SigningCertificate.read(key.der(), "pem"), TestCertificates.detached(key, challenge.octets()), "", administrator)));
        assertEquals(CertificateState.REGISTERED, node.register(administrator, challenge, key).state());
    }

    @Test
    void certificatesOfASubsystemHaveALimitAndABlockedOneMakesRoom() {
        for (int i = 1; i < NodeCertificates.CERTIFICATES_MAX; i++) {
            node.register(administrator);
        }
        Node.assertRefused(CredentialRefusal.CERTIFICATES_TOO_MANY, () -> node.register(administrator));
        node.act(Node.Action.BLOCK_CERTIFICATE, administrator, null);
        node.register(administrator);
    }

    @Test
    void inProductionTheAuthorityRegistersAndTheAdministratorMayOnlyBlock() {
        Scene production = new Scene(Contour.PRODUCTION);
        Node there = new Node(production);
        SignedIn by = there.administrator();
        Node.assertRefused(CredentialRefusal.CERTIFICATE_BY_THE_AUTHORITY, () -> there.register(by));
        CertificateView blocked = there.application.with(NodeCertificates.class, certificates -> certificates.block(production.certificate.thumbprint(), "lost", by));
        assertEquals(CertificateState.BLOCKED, blocked.state());
        assertEquals(CertificateProof.PAPER, blocked.proof());
    }

    /** ACC-59: one key for one thing, so that whoever holds the web server's key signs nothing. */
    @Test
    void aCertificateForTlsSignsNoCallsAndIsListedWithItsPurpose() {
        TestCertificates.Identity key = key();
        CertificateView forTls = node.register(administrator, node.challenge(administrator, CertificatePurpose.TLS, key), key);
        assertEquals(CertificatePurpose.TLS, forTls.purpose());
        assertEquals(IdentityRefusal.CERTIFICATE_UNKNOWN, called(forTls));
        assertEquals(Optional.empty(), scene.application.with(Exchange.class, exchange -> exchange.certificate(Scene.thumbprint(forTls))), "nor is a signature verified with it");
        assertTrue(scene.application.with(Exchange.class, exchange -> exchange.certificate(Scene.thumbprint(scene.certificate))).isPresent());
        assertEquals(Optional.empty(), with(participants -> participants.registeredCertificates(scene.participant.id(), Contour.TEST, CertificatePurpose.SIGNING)).stream()
                .filter(one -> one.view().equals(forTls)).findAny());
        assertEquals(List.of(forTls), with(participants -> participants.registeredCertificates(scene.participant.id(), Contour.TEST, CertificatePurpose.TLS)).stream()
                .map(one -> one.view()).toList());
        Node.assertRefused(ParticipantRefusal.CERTIFICATE_ALREADY_REGISTERED, () -> node.register(administrator, key));
    }

    @Test
    void whoDidWhatToACertificateAndWhyIsKept() {
        assertEquals(CertificateProof.PAPER, scene.certificate.proof());
        node.act(Node.Action.BLOCK_CERTIFICATE, administrator, null);
        with(register -> register.apply(CertificateEvent.UNBLOCK, scene.certificate.thumbprint(), Contour.TEST, "the key was found", Scene.OFFICIAL));
        with(register -> register.apply(CertificateEvent.BLOCK, scene.certificate.thumbprint(), Contour.TEST, "and lost again", Scene.OFFICIAL));
        scene.apply(ConnectionEvent.DISCONNECT);
        UUID official = Scene.OFFICIAL.account().orElseThrow();
        assertEquals(List.of(List.of("REGISTER", "REGISTERED", official, "a letter of a test"), List.of("BLOCK", "BLOCKED", administrator.account(), "in a test"),
                        List.of("UNBLOCK", "REGISTERED", official, "the key was found"), List.of("BLOCK", "BLOCKED", official, "and lost again"),
                        List.of("END", "ENDED", "SYSTEM", "PARTICIPANT_DISCONNECTED")),
                history(scene.certificate).stream().map(change -> List.of(change.event().name(), change.state().name(), change.actor().<Object>map(actor -> actor).orElse(change.actorRole()),
                        change.reason())).toList());
        assertEquals(Optional.of("and lost again"), with(register -> register.certificate(scene.certificate.thumbprint(), Contour.TEST)).blockedReason());
        Node.assertRefused(InputRefusal.NOT_FOUND, () -> with(register -> register.certificateHistory(scene.certificate.thumbprint(), Contour.PRODUCTION)));
        for (CertificateEvent event : List.of(CertificateEvent.REGISTER, CertificateEvent.END)) {
            Node.assertRefused(InputRefusal.FIELD_INVALID, () -> with(register -> register.apply(event, scene.certificate.thumbprint(), Contour.TEST, "x", Scene.OFFICIAL)));
        }
        Node.assertRefused(InputRefusal.FIELD_MISSING, () -> NewCertificate.fromLetter(scene.subsystem.id(), Contour.TEST, CertificatePurpose.SIGNING,
                SigningCertificate.read(key().der(), "pem"), " "));
    }

    @Test
    void ofTwoWhoBlockAtOnceOneDoes() throws InterruptedException {
        Callable<Object> block = () -> with(register -> register.apply(CertificateEvent.BLOCK, scene.certificate.thumbprint(), Contour.TEST, "in a test", Scene.OFFICIAL)).state();
        assertEquals(Set.of(CertificateState.BLOCKED, InputRefusal.TRANSITION_NOT_ALLOWED), Set.copyOf(Node.atOnce(List.of(block, block))));
    }

    @Test
    void certificatesThatSoonExpireAreSeen() {
        CertificateView soon = scene.addCertificate(scene.subsystem, Contour.TEST,
                TestCertificates.make("EC", 256, "SHA256withECDSA", now().minus(Duration.ofDays(1)), now().plus(Duration.ofDays(10))));
        List<String> expiring = with(participants -> participants.expiringUntil(now().plus(Duration.ofDays(30)), Contour.TEST, 200)).stream().map(CertificateView::thumbprint).toList();
        assertTrue(expiring.contains(soon.thumbprint()) && !expiring.contains(scene.certificate.thumbprint()));
    }

    /** ACC-59: who makes the connection needs no key that signs; whoever has registered none for TLS goes on with the one that does. */
    @Test
    void aConnectionIsProvedByACertificateForTlsOrForSignaturesWhileItIsGood() {
        TestCertificates.Identity key = key();
        CertificateView forTls = node.register(administrator, node.challenge(administrator, CertificatePurpose.TLS, key), key);
        assertInstanceOf(Answer.Disclosed.class, connected(scene, forTls));
        assertInstanceOf(Answer.Disclosed.class, connected(scene, scene.certificate));
        assertEquals(IdentityRefusal.CERTIFICATE_OF_ANOTHER_SUBSYSTEM, assertInstanceOf(Answer.Refused.class, connected(new Scene(), forTls)).refusal().code());
        with(register -> register.apply(CertificateEvent.BLOCK, forTls.thumbprint(), Contour.TEST, "lost", Scene.OFFICIAL));
        assertEquals(IdentityRefusal.CERTIFICATE_BLOCKED, assertInstanceOf(Answer.Refused.class, connected(scene, forTls)).refusal().code());
    }

    private static Answer<?> connected(Scene of, CertificateView by) {
        Call signed = of.call("tpDataByINNforBusinessActivity", null);
        Call call = new Call(signed.client(), signed.service(), signed.messageId(), signed.userId(), signed.issue(), signed.consentToken(), Credential.connection(Scene.thumbprint(by)), "127.0.0.1");
        return of.application.with(TaxServices.class, services -> services.tpDataByINNforBusinessActivity(call, of.inn.digits()));
    }

    private Object called(CertificateView with) {
        Answer<?> answer = scene.application.with(TaxServices.class, services -> services.tpDataByINN(scene.call("tpDataByINN", null, with), scene.inn.digits()));
        return assertInstanceOf(Answer.Refused.class, answer).refusal().code();
    }

    private TestCertificates.Identity key() {
        return TestCertificates.elliptic(now());
    }

    private Instant now() {
        return node.application.clock().instant();
    }

    private List<CertificateView> certificates() {
        return with(participants -> participants.certificates(scene.participant.id(), Contour.TEST));
    }

    private List<CertificateChange> history(CertificateView certificate) {
        return with(participants -> participants.certificateHistory(certificate.thumbprint(), certificate.contour()));
    }

    private <T> T with(Function<Participants, T> use) {
        return node.application.with(Participants.class, use);
    }
}
