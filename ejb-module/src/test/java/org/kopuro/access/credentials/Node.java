package org.kopuro.access.credentials;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.function.Executable;
import org.kopuro.accounts.AccountEvent;
import org.kopuro.accounts.AccountKind;
import org.kopuro.accounts.Accounts;
import org.kopuro.accounts.ApiAccountView;
import org.kopuro.accounts.ApiAccounts;
import org.kopuro.accounts.IssuedAccount;
import org.kopuro.accounts.NewApiAccount;
import org.kopuro.accounts.Role;
import org.kopuro.accounts.SignedIn;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.Refusal;
import org.kopuro.kernel.RefusalCode;
import org.kopuro.notices.Notices;
import org.kopuro.participants.CertificatePurpose;
import org.kopuro.participants.CertificateView;
import org.kopuro.participants.SigningCertificate;
import org.kopuro.testing.Scene;
import org.kopuro.testing.TestApplication;
import org.kopuro.testing.TestCertificates;

/** What a scene's participant has in the scene's contour, in the hands of its administrator. */
final class Node {

    final Scene scene;
    final TestApplication application;

    Node(Scene scene) {
        this.scene = scene;
        application = scene.application;
    }

    /** A link of its own letter, as the recipient of the mail has it. */
    LinkView link() {
        return application.with(Credentials.class, credentials -> credentials.reissue(scene.participant.id(), scene.contour, Scene.OFFICIAL));
    }

    String token(LinkView link) {
        return application.with(Notices.class, notices -> notices.secretOf(link.notice()));
    }

    IssuedAccount redeem(String token, String name) {
        return application.with(Credentials.class, credentials -> credentials.redeem(token, name, "A Person"));
    }

    /** An administrator who came by a link and has signed in. */
    SignedIn administrator() {
        return signIn(redeem(token(link()), "a" + UUID.randomUUID().toString().substring(0, 8))).orElseThrow();
    }

    IssuedAccount make(SignedIn administrator, String name, AccountKind kind, Role role) {
        return application.with(ApiAccounts.class, accounts -> accounts.create(new NewApiAccount(name, kind, role, "Of a test"), administrator));
    }

    IssuedAccount renew(SignedIn by, UUID account, Duration overlap) {
        return application.with(ApiAccounts.class, accounts -> accounts.issueSecret(account, overlap, "in a test", by));
    }

    Optional<SignedIn> signIn(IssuedAccount account) {
        return signIn(application, account.account().login(), account.secret().text());
    }

    static Optional<SignedIn> signIn(TestApplication at, String login, String password) {
        return at.with(Accounts.class, accounts -> accounts.signIn(login, password.toCharArray()));
    }

    ChallengeView challenge(SignedIn by, CertificatePurpose purpose, TestCertificates.Identity key) {
        return application.with(NodeCertificates.class, certificates -> certificates.challenge(scene.subsystem.id(), purpose, SigningCertificate.read(key.der(), "pem"), by));
    }

    /** With the key's signature over the challenge. */
    CertificateView register(SignedIn by, ChallengeView challenge, TestCertificates.Identity key) {
        return register(by, challenge, key, TestCertificates.detached(key, challenge.octets()));
    }

    CertificateView register(SignedIn by, ChallengeView challenge, TestCertificates.Identity key, byte[] signature) {
        return application.with(NodeCertificates.class,
                certificates -> certificates.register(challenge.id(), SigningCertificate.read(key.der(), "pem"), signature, "in a test", by));
    }

    CertificateView register(SignedIn by, TestCertificates.Identity key) {
        return register(by, challenge(by, CertificatePurpose.SIGNING, key), key);
    }

    CertificateView register(SignedIn by) {
        return register(by, TestCertificates.elliptic(application.clock().instant()));
    }

    ApiAccountView apply(AccountEvent event, UUID account, SignedIn by) {
        return application.with(ApiAccounts.class, accounts -> accounts.apply(event, account, "in a test", by));
    }

    enum Action {
        CREATE, BLOCK, DELETE, ISSUE_SECRET, REVOKE_SECRET, REGISTER_CERTIFICATE, BLOCK_CERTIFICATE
    }

    void act(Action action, SignedIn by, UUID account) {
        switch (action) {
            case CREATE -> make(by, "x" + UUID.randomUUID().toString().substring(0, 8), AccountKind.TECHNICAL, Role.PARTICIPANT);
            case BLOCK -> apply(AccountEvent.BLOCK, account, by);
            case DELETE -> apply(AccountEvent.DELETE, account, by);
            case ISSUE_SECRET -> renew(by, account, Duration.ofHours(1));
            case REVOKE_SECRET -> application.run(ApiAccounts.class, accounts -> accounts.revokeSecret(account, 1, "in a test", by));
            case REGISTER_CERTIFICATE -> register(by);
            case BLOCK_CERTIFICATE -> application.run(NodeCertificates.class, certificates -> certificates.block(scene.certificate.thumbprint(), "in a test", by));
            default -> throw new IllegalArgumentException(action.name());
        }
    }

    LinkState state(LinkView link) {
        return application.with(Credentials.class, credentials -> credentials.links(scene.participant.id(), link.contour())).stream().filter(one -> one.id().equals(link.id()))
                .findFirst().orElseThrow().state();
    }

    static void assertRefused(RefusalCode code, Executable action) {
        assertEquals(code, assertThrows(Refusal.class, action).code());
    }

    /** All at the same instant, each on a thread of its own; what became of each. */
    static List<Object> atOnce(List<Callable<Object>> actions) throws InterruptedException {
        ExecutorService nodes = Executors.newFixedThreadPool(actions.size());
        try {
            List<Object> outcomes = new ArrayList<>();
            for (Future<Object> action : nodes.invokeAll(actions)) {
                try {
                    outcomes.add(action.get());
                } catch (ExecutionException e) {
                    outcomes.add(e.getCause() instanceof Refusal refusal ? refusal.code() : e.getCause());
                }
            }
            return outcomes;
        } finally {
            nodes.shutdown();
        }
    }

    static Scene inTest() {
        return new Scene(Contour.TEST);
    }
}
