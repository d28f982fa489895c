package org.kopuro.access.credentials;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.kopuro.access.AccessRefusal;
import org.kopuro.access.ConnectionEvent;
import org.kopuro.access.ConnectionView;
import org.kopuro.access.Connections;
import org.kopuro.accounts.AccountEvent;
import org.kopuro.accounts.AccountKind;
import org.kopuro.accounts.AccountRefusal;
import org.kopuro.accounts.AccountRegister;
import org.kopuro.accounts.AccountState;
import org.kopuro.accounts.ApiAccountView;
import org.kopuro.accounts.ApiAccounts;
import org.kopuro.accounts.IssuedAccount;
import org.kopuro.accounts.Role;
import org.kopuro.accounts.SignedIn;
import org.kopuro.exchange.Answer;
import org.kopuro.exchange.IdentityRefusal;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Refusal;
import org.kopuro.kernel.RefusalCode;
import org.kopuro.participants.CertificateEvent;
import org.kopuro.participants.CertificateState;
import org.kopuro.participants.Participants;
import org.kopuro.taxservices.TaxServices;
import org.kopuro.testing.Rows;
import org.kopuro.testing.Scene;
import org.kopuro.testing.TestAccounts;
import org.kopuro.testing.TestDatabase;

/** Credentials die with the last connection of their participant to their contour, at once and for ever: ACC-60, ACC-73, ACC-T35. */
class EndingCredentialsIT {

    private static final String PLATFORM = "RU-422-696";
    private final Scene scene = Node.inTest();
    private final Node node = new Node(scene);

    @ParameterizedTest
    @EnumSource(value = ConnectionEvent.class, names = {"DISCONNECT", "FORCE_DISCONNECTION", "LIQUIDATE", "TERMINATION_DUE"})
    void everyWayOutEndsAccountsCertificatesAndLinks(ConnectionEvent way) {
        SignedIn administrator = node.administrator();
        IssuedAccount robot = node.make(administrator, "robot", AccountKind.TECHNICAL, Role.PARTICIPANT);
        String byOperator = byOperator();
        LinkView link = node.link();
        leave(way);
        assertTrue(node.signIn(robot).isEmpty());
        assertTrue(Node.signIn(scene.application, byOperator, TestAccounts.PASSWORD).isEmpty());
        assertEquals(Set.of(AccountState.ENDED), Set.copyOf(accounts().stream().map(ApiAccountView::state).toList()));
        assertEquals(CertificateState.ENDED, certificateState());
        assertEquals(LinkState.ENDED, node.state(link));
        Node.assertRefused(CredentialRefusal.LINK_NOT_VALID, () -> node.redeem(node.token(link), "late"));
        Node.assertRefused(AccountRefusal.ACCOUNT_NO_LONGER_ACTIVE, () -> node.make(administrator, "late", AccountKind.TECHNICAL, Role.PARTICIPANT));
        assertEquals(List.of("0"), Rows.of("select count(*) from accounts.secret where participant_id = ? and state <> 'ENDED'", scene.participant.id().value()));
        assertEquals(List.of("END"), Rows.of("select event from accounts.account_event where account_id = ? order by number desc limit 1", robot.account().id()));
    }

    @Test
    void nothingIsRevivedByANewConnection() {
        SignedIn administrator = node.administrator();
        IssuedAccount robot = node.make(administrator, "robot", AccountKind.TECHNICAL, Role.PARTICIPANT);
        LinkView link = node.link();
        scene.apply(ConnectionEvent.DISCONNECT);
        assertRefused(AccessRefusal.PARTICIPANT_DISCONNECTED);
        scene.connect(Contour.TEST, Scene.PROCEDURE);
        scene.grant(scene.subsystem, "headcount", scene.today(), null);
        assertTrue(node.signIn(robot).isEmpty());
        assertRefused(IdentityRefusal.CERTIFICATE_BLOCKED);
        Node.assertRefused(InputRefusal.TRANSITION_NOT_ALLOWED, () -> scene.application.run(Participants.class,
                participants -> participants.apply(CertificateEvent.UNBLOCK, scene.certificate.thumbprint(), Contour.TEST, "please", Scene.OFFICIAL)));
        Node.assertRefused(CredentialRefusal.LINK_NOT_VALID, () -> node.redeem(node.token(link), "late"));
        Node.assertRefused(AccountRefusal.ACCOUNT_NO_LONGER_ACTIVE, () -> node.make(administrator, "late", AccountKind.TECHNICAL, Role.PARTICIPANT));
        SignedIn anew = node.administrator();
        Node.assertRefused(InputRefusal.TRANSITION_NOT_ALLOWED, () -> scene.application.run(ApiAccounts.class,
                accounts -> accounts.apply(AccountEvent.UNBLOCK, robot.account().id(), "please", anew)));
        Node.assertRefused(InputRefusal.TRANSITION_NOT_ALLOWED, () -> node.renew(anew, robot.account().id(), Duration.ZERO));
    }

    @Test
    void theOperatorsCommandRevivesNothingEither() throws SQLException {
        String login = byOperator();
        scene.apply(ConnectionEvent.DISCONNECT);
        scene.connect(Contour.TEST, Scene.PROCEDURE);
        try (Connection owner = TestDatabase.shared().owner().getConnection()) {
            assertTrue(!new AccountRegister(owner, Clock.systemUTC()).put(login, "password".toCharArray(), Contour.TEST, Role.PARTICIPANT, "A Person", Optional.empty(),
                    Optional.of(scene.participant.id().value()), false));
        }
        assertTrue(Node.signIn(scene.application, login, "password").isEmpty());
    }

    @Test
    void aSuspensionEndsNothing() {
        IssuedAccount robot = node.make(node.administrator(), "robot", AccountKind.TECHNICAL, Role.PARTICIPANT);
        LinkView link = node.link();
        scene.apply(ConnectionEvent.SUSPEND);
        assertTrue(node.signIn(robot).isPresent());
        assertEquals(CertificateState.REGISTERED, certificateState());
        assertEquals(LinkState.OPEN, node.state(link));
    }

    @Test
    void aConnectionUnderAnotherProcedureKeepsThemAlive() {
        ConnectionView platform = scene.connect(Contour.TEST, PLATFORM);
        IssuedAccount robot = node.make(node.administrator(), "robot", AccountKind.TECHNICAL, Role.PARTICIPANT);
        scene.apply(connection(Scene.PROCEDURE), Scene.change(ConnectionEvent.DISCONNECT));
        assertTrue(node.signIn(robot).isPresent());
        assertEquals(CertificateState.REGISTERED, certificateState());
        scene.apply(platform, Scene.change(ConnectionEvent.FORCE_DISCONNECTION).on("BREACH"));
        assertTrue(node.signIn(robot).isEmpty());
        assertEquals(CertificateState.ENDED, certificateState());
    }

    @Test
    void twoConnectionsThatEndAtTheSameInstantLeaveNothing() throws InterruptedException {
        ConnectionView platform = scene.connect(Contour.TEST, PLATFORM);
        ConnectionView order = connection(Scene.PROCEDURE);
        IssuedAccount robot = node.make(node.administrator(), "robot", AccountKind.TECHNICAL, Role.PARTICIPANT);
        List<Callable<Object>> both = List.of(() -> scene.apply(platform, Scene.change(ConnectionEvent.DISCONNECT)).state(), () -> scene.apply(order, Scene.change(ConnectionEvent.DISCONNECT)).state());
        assertEquals(1, Set.copyOf(Node.atOnce(both)).size());
        assertTrue(node.signIn(robot).isEmpty());
        assertEquals(CertificateState.ENDED, certificateState());
    }

    @Test
    void whatIsMadeAtTheInstantOfTheEndIsEndedOrIsNotMade() throws InterruptedException {
        for (int round = 0; round < 5; round++) {
            SignedIn administrator = node.administrator();
            ConnectionView connection = connection(Scene.PROCEDURE);
            List<Callable<Object>> both = List.of(() -> node.make(administrator, "r" + UUID.randomUUID().toString().substring(0, 8), AccountKind.TECHNICAL, Role.PARTICIPANT),
                    () -> scene.apply(connection, Scene.change(ConnectionEvent.DISCONNECT)));
            Object made = Node.atOnce(both).get(0);
            assertTrue(made instanceof IssuedAccount || made == AccountRefusal.ACCOUNT_NO_LONGER_ACTIVE, String.valueOf(made));
            assertTrue(accounts().stream().allMatch(account -> account.state() == AccountState.ENDED));
            scene.application.clock().advance(Duration.ofDays(1));
            scene.connect(Contour.TEST, Scene.PROCEDURE);
        }
    }

    @Test
    void theOtherContourGoesOn() {
        Scene production = new Scene(Contour.PRODUCTION);
        Node there = new Node(production);
        IssuedAccount robot = there.make(there.administrator(), "robot", AccountKind.TECHNICAL, Role.PARTICIPANT);
        ConnectionView inTest = production.application.with(Connections.class, connections -> connections.of(production.participant.id(), Contour.TEST)).get(0);
        production.apply(inTest, Scene.change(ConnectionEvent.DISCONNECT));
        assertTrue(there.signIn(robot).isPresent());
        assertEquals(List.of(CertificateState.REGISTERED), production.application.with(Participants.class,
                participants -> participants.certificates(production.participant.id(), Contour.PRODUCTION)).stream().map(one -> one.state()).toList());
    }

    @Test
    void aDisconnectionThatIsRolledBackEndsNothing() {
        IssuedAccount robot = node.make(node.administrator(), "robot", AccountKind.TECHNICAL, Role.PARTICIPANT);
        try {
            scene.application.run(Connections.class, connections -> {
                connections.apply(scene.connection().id(), Contour.TEST, Scene.change(ConnectionEvent.DISCONNECT));
                throw new IllegalStateException("changed its mind");
            });
        } catch (IllegalStateException e) {
            assertEquals("changed its mind", e.getMessage());
        }
        assertTrue(node.signIn(robot).isPresent());
        assertEquals(CertificateState.REGISTERED, certificateState());
    }

    private void leave(ConnectionEvent way) {
        switch (way) {
            case FORCE_DISCONNECTION -> {
                ConnectionView platform = scene.connect(Contour.TEST, PLATFORM);
                scene.apply(connection(Scene.PROCEDURE), Scene.change(ConnectionEvent.DISCONNECT));
                scene.apply(platform, Scene.change(way).on("BREACH"));
            }
            case TERMINATION_DUE -> {
                scene.apply(Scene.change(ConnectionEvent.ANNOUNCE_TERMINATION).on("DUTIES_NOT_PERFORMED").from(scene.today().plusDays(6)));
                scene.announcementTaken(scene.connection());
                assertEquals(CertificateState.REGISTERED, certificateState());
                scene.application.clock().advance(Duration.ofDays(6));
                scene.application.run(Connections.class, connections -> connections.reachDate(scene.connection().id()));
            }
            default -> scene.apply(way);
        }
    }

    private String byOperator() {
        String login = TestAccounts.make(Role.PARTICIPANT, Contour.TEST, Optional.empty(), Optional.of(scene.participant.id().value()));
        assertTrue(Node.signIn(scene.application, login, TestAccounts.PASSWORD).isPresent());
        return login;
    }

    private void assertRefused(RefusalCode code) {
        Answer<?> answer = scene.application.with(TaxServices.class, services -> services.tpDataByINN(scene.call("tpDataByINN", null), scene.inn.digits()));
        Refusal refusal = assertInstanceOf(Answer.Refused.class, answer).refusal();
        assertEquals(code, refusal.code());
    }

    private ConnectionView connection(String procedure) {
        return scene.application.with(Connections.class, connections -> connections.of(scene.participant.id(), Contour.TEST)).stream()
                .filter(one -> one.procedure().equals(procedure)).findFirst().orElseThrow();
    }

    private CertificateState certificateState() {
        return scene.application.with(Participants.class, participants -> participants.certificates(scene.participant.id(), Contour.TEST)).stream()
                .filter(one -> one.thumbprint().equals(scene.certificate.thumbprint())).findFirst().orElseThrow().state();
    }

    private List<ApiAccountView> accounts() {
        return scene.application.with(ApiAccounts.class, accounts -> accounts.of(scene.participant.id().value(), Contour.TEST));
    }
}
