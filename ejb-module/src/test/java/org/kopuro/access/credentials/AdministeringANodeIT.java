package org.kopuro.access.credentials;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.kopuro.access.ConnectionEvent;
import org.kopuro.accounts.AccountChange;
import org.kopuro.accounts.AccountEvent;
import org.kopuro.accounts.AccountKind;
import org.kopuro.accounts.AccountRefusal;
import org.kopuro.accounts.AccountState;
import org.kopuro.accounts.ApiAccountView;
import org.kopuro.accounts.ApiAccounts;
import org.kopuro.accounts.IssuedAccount;
import org.kopuro.accounts.NewApiAccount;
import org.kopuro.accounts.Role;
import org.kopuro.accounts.SignedIn;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.participants.CertificateState;
import org.kopuro.participants.CertificateView;
import org.kopuro.participants.Participants;
import org.kopuro.participants.ParticipantRefusal;
import org.kopuro.participants.SigningCertificate;
import org.kopuro.testing.Rows;
import org.kopuro.testing.Scene;
import org.kopuro.testing.TestApplication;
import org.kopuro.testing.TestCertificates;
import org.kopuro.testing.TestDatabase;

/** A node administrator makes, blocks and deletes the accounts of its own participant in its own contour, and nobody else does: ACC-1, ACC-60, ACC-61. */
class AdministeringANodeIT {

    private final Scene scene = Node.inTest();
    private final Node node = new Node(scene);

    enum Action {
        CREATE, BLOCK, DELETE, ISSUE_SECRET, REVOKE_SECRET, REGISTER_CERTIFICATE, BLOCK_CERTIFICATE
    }

    static Stream<Arguments> everybodyElse() {
        return Stream.of(Role.values()).filter(role -> role != Role.NODE_ADMINISTRATOR).flatMap(role -> Stream.of(Action.values()).map(action -> Arguments.of(role, action)));
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("everybodyElse")
    void nobodyElseDoes(Role role, Action action) {
        Staged at = Staged.STAGED;
        SignedIn other = new SignedIn(role.ofParticipant() ? at.person.account() : UUID.randomUUID(), "somebody", Contour.TEST, role, Optional.empty(),
                Optional.of(at.node.scene.participant.id().value()));
        Node.assertRefused(AccountRefusal.ADMINISTRATOR_ONLY, () -> act(action, at.node, other, at.robot));
        assertEquals(3, at.node.application.with(ApiAccounts.class, accounts -> accounts.of(at.node.scene.participant.id().value(), Contour.TEST)).stream()
                .filter(account -> account.state() == AccountState.ACTIVE && account.secrets().size() == 1).count());
    }

    /** One node for all that is refused and changes nothing. */
    private record Staged(Node node, UUID robot, SignedIn person) {

        private static final Staged STAGED = stage();

        private static Staged stage() {
            Node node = new Node(Node.inTest());
            SignedIn administrator = node.administrator();
            return new Staged(node, node.make(administrator, "robot", AccountKind.TECHNICAL, Role.PARTICIPANT).account().id(),
                    node.signIn(node.make(administrator, "person", AccountKind.PERSONAL, Role.PARTICIPANT)).orElseThrow());
        }
    }

    @ParameterizedTest
    @EnumSource(Action.class)
    void anAdministratorDoes(Action action) {
        SignedIn administrator = node.administrator();
        act(action, administrator, node.make(administrator, "robot", AccountKind.TECHNICAL, Role.PARTICIPANT).account().id());
    }

    @ParameterizedTest
    @EnumSource(Action.class)
    void anAdministratorOfAnotherParticipantFindsNothing(Action action) {
        IssuedAccount account = node.make(node.administrator(), "robot", AccountKind.TECHNICAL, Role.PARTICIPANT);
        SignedIn stranger = new Node(Node.inTest()).administrator();
        if (action == Action.CREATE) {
            act(action, stranger, account.account().id());
            assertEquals(2, accounts().size(), "what a stranger makes is the stranger's");
        } else {
            Node.assertRefused(InputRefusal.NOT_FOUND, () -> act(action, stranger, account.account().id()));
        }
        assertTrue(node.signIn(account).isPresent());
    }

    @ParameterizedTest
    @EnumSource(value = Action.class, names = {"BLOCK", "DELETE", "ISSUE_SECRET", "REVOKE_SECRET", "BLOCK_CERTIFICATE"})
    void anAdministratorOfTheOtherContourFindsNothing(Action action) {
        Scene production = new Scene(Contour.PRODUCTION);
        Node there = new Node(production);
        IssuedAccount account = there.make(there.administrator(), "robot", AccountKind.TECHNICAL, Role.PARTICIPANT);
        LinkView link = production.application.with(Credentials.class, credentials -> credentials.reissue(production.participant.id(), Contour.TEST, Scene.OFFICIAL));
        SignedIn inTest = there.signIn(there.redeem(there.token(link), "tester")).orElseThrow();
        assertEquals(Contour.TEST, inTest.contour());
        Node.assertRefused(InputRefusal.NOT_FOUND, () -> act(action, there, inTest, account.account().id()));
    }

    /** ACC-16: the refusal does not reveal that it exists there. */
    @Test
    void aCredentialOfTestIsUnknownInProduction() {
        IssuedAccount account = node.make(node.administrator(), "robot", AccountKind.TECHNICAL, Role.PARTICIPANT);
        assertTrue(node.signIn(account).isPresent());
        assertTrue(Node.signIn(new TestApplication("PRODUCTION", Scene.NOON), account.account().login(), account.secret().text()).isEmpty());
        assertEquals(Contour.TEST, node.signIn(account).orElseThrow().contour());
    }

    @ParameterizedTest
    @EnumSource(value = Role.class, names = {"OPERATOR", "APPROVER", "AUDITOR", "TAXPAYER"})
    void noRoleOfAnotherSideIsGiven(Role role) {
        Node.assertRefused(AccountRefusal.ROLE_OF_ANOTHER_SIDE, () -> new NewApiAccount("mole", AccountKind.PERSONAL, role, "A Person"));
    }

    @Test
    void aProgramAdministersNothing() {
        Node.assertRefused(InputRefusal.FIELD_INVALID, () -> new NewApiAccount("robot", AccountKind.TECHNICAL, Role.NODE_ADMINISTRATOR, "A program"));
    }

    @Test
    void anAdministratorDoesNotShutItselfOut() {
        SignedIn administrator = node.administrator();
        for (AccountEvent event : List.of(AccountEvent.BLOCK, AccountEvent.DELETE)) {
            Node.assertRefused(AccountRefusal.OWN_ACCOUNT, () -> apply(event, administrator.account(), administrator));
        }
    }

    @Test
    void ofTwoAdministratorsWhoBlockOneAnotherAtOnceOneRemains() throws InterruptedException {
        SignedIn first = node.administrator();
        SignedIn second = node.signIn(node.make(first, "second", AccountKind.PERSONAL, Role.NODE_ADMINISTRATOR)).orElseThrow();
        List<Callable<Object>> both = List.of(() -> apply(AccountEvent.BLOCK, second.account(), first).state(), () -> apply(AccountEvent.BLOCK, first.account(), second).state());
        assertEquals(Set.of(AccountState.BLOCKED, AccountRefusal.ACCOUNT_NO_LONGER_ACTIVE), Set.copyOf(Node.atOnce(both)));
        assertEquals(1, accounts().stream().filter(account -> account.state() == AccountState.ACTIVE).count());
    }

    @Test
    void whoWasBlockedMeanwhileDoesNothingMore() {
        SignedIn first = node.administrator();
        SignedIn second = node.signIn(node.make(first, "second", AccountKind.PERSONAL, Role.NODE_ADMINISTRATOR)).orElseThrow();
        apply(AccountEvent.BLOCK, second.account(), first);
        for (Action action : Action.values()) {
            Node.assertRefused(AccountRefusal.ACCOUNT_NO_LONGER_ACTIVE, () -> act(action, second, first.account()));
        }
    }

    @Test
    void aBlockedAccountDoesNotSignInUntilItIsUnblockedAndADeletedOneNeverAgain() {
        SignedIn administrator = node.administrator();
        IssuedAccount robot = node.make(administrator, "robot", AccountKind.TECHNICAL, Role.PARTICIPANT);
        UUID id = robot.account().id();
        apply(AccountEvent.BLOCK, id, administrator);
        assertTrue(node.signIn(robot).isEmpty());
        Node.assertRefused(InputRefusal.TRANSITION_NOT_ALLOWED, () -> apply(AccountEvent.BLOCK, id, administrator));
        Node.assertRefused(InputRefusal.TRANSITION_NOT_ALLOWED, () -> node.renew(administrator, id, Duration.ZERO));
        apply(AccountEvent.UNBLOCK, id, administrator);
        assertTrue(node.signIn(robot).isPresent());
        apply(AccountEvent.DELETE, id, administrator);
        assertTrue(node.signIn(robot).isEmpty());
        Node.assertRefused(InputRefusal.TRANSITION_NOT_ALLOWED, () -> apply(AccountEvent.UNBLOCK, id, administrator));
        Node.assertRefused(AccountRefusal.LOGIN_TAKEN, () -> node.make(administrator, "robot", AccountKind.TECHNICAL, Role.PARTICIPANT));
        assertEquals(List.of(AccountEvent.CREATE, AccountEvent.ISSUE_SECRET, AccountEvent.BLOCK, AccountEvent.UNBLOCK, AccountEvent.DELETE), history(id).stream().map(AccountChange::event).toList());
        assertTrue(history(id).stream().allMatch(change -> change.actor().equals(Optional.of(administrator.account())) && change.actorRole().equals("NODE_ADMINISTRATOR")));
    }

    @Test
    void theDatabaseHoldsTheSameTable() {
        Set<String> java = new HashSet<>(Set.of("NONE CREATE ACTIVE"));
        for (AccountState state : AccountState.values()) {
            for (AccountEvent event : AccountEvent.values()) {
                state.on(event).ifPresent(next -> java.add(state + " " + event + " " + next));
            }
        }
        assertEquals(java, new HashSet<>(Rows.of("select from_state || ' ' || event || ' ' || to_state from accounts.account_transition")));
    }

    @Test
    void twoSecretsAreGoodForTheStatedOverlap() {
        SignedIn administrator = node.administrator();
        IssuedAccount first = node.make(administrator, "robot", AccountKind.TECHNICAL, Role.PARTICIPANT);
        UUID id = first.account().id();
        IssuedAccount second = node.renew(administrator, id, Duration.ofHours(24));
        Instant until = scene.application.clock().instant().plus(Duration.ofHours(24));
        assertEquals(List.of(2, 1), second.account().secrets().stream().map(ApiAccountView.Secret::number).toList());
        assertEquals(List.of(Optional.empty(), Optional.of(until)), second.account().secrets().stream().map(ApiAccountView.Secret::validUntil).toList());
        assertTrue(node.signIn(first).isPresent() && node.signIn(second).isPresent());
        scene.application.clock().advance(Duration.ofHours(24).minusSeconds(1));
        assertTrue(node.signIn(first).isPresent());
        scene.application.clock().advance(Duration.ofSeconds(1));
        assertTrue(node.signIn(first).isEmpty() && node.signIn(second).isPresent());
    }

    @Test
    void aThirdSecretEndsTheFirst() {
        SignedIn administrator = node.administrator();
        IssuedAccount first = node.make(administrator, "robot", AccountKind.TECHNICAL, Role.PARTICIPANT);
        IssuedAccount second = node.renew(administrator, first.account().id(), Duration.ofHours(24));
        IssuedAccount third = node.renew(administrator, first.account().id(), Duration.ofHours(24));
        assertTrue(node.signIn(first).isEmpty() && node.signIn(second).isPresent() && node.signIn(third).isPresent());
        IssuedAccount fourth = node.renew(administrator, first.account().id(), Duration.ZERO);
        assertTrue(node.signIn(second).isEmpty() && node.signIn(third).isEmpty() && node.signIn(fourth).isPresent());
    }

    @Test
    void aRevokedSecretStopsAtOnceAndTheOtherGoesOn() {
        SignedIn administrator = node.administrator();
        IssuedAccount first = node.make(administrator, "robot", AccountKind.TECHNICAL, Role.PARTICIPANT);
        IssuedAccount second = node.renew(administrator, first.account().id(), Duration.ofHours(1));
        application().run(ApiAccounts.class, accounts -> accounts.revokeSecret(first.account().id(), 1, "leaked", administrator));
        assertTrue(node.signIn(first).isEmpty() && node.signIn(second).isPresent());
        Node.assertRefused(InputRefusal.NOT_FOUND, () -> application().run(ApiAccounts.class, accounts -> accounts.revokeSecret(first.account().id(), 1, "again", administrator)));
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 7 * 24 + 1})
    void anOverlapHasALimit(long hours) {
        SignedIn administrator = node.administrator();
        Node.assertRefused(InputRefusal.FIELD_INVALID, () -> node.renew(administrator, administrator.account(), Duration.ofHours(hours)));
    }

    @Test
    void everybodyRenewsItsOwnSecret() {
        IssuedAccount robot = node.make(node.administrator(), "robot", AccountKind.TECHNICAL, Role.PARTICIPANT);
        IssuedAccount renewed = node.renew(node.signIn(robot).orElseThrow(), robot.account().id(), Duration.ZERO);
        assertTrue(node.signIn(robot).isEmpty() && node.signIn(renewed).isPresent());
    }

    @Test
    void ofTwoNewSecretsAtOnceBothAreTold() throws InterruptedException {
        SignedIn administrator = node.administrator();
        UUID robot = node.make(administrator, "robot", AccountKind.TECHNICAL, Role.PARTICIPANT).account().id();
        Callable<Object> renew = () -> node.renew(administrator, robot, Duration.ofHours(1));
        List<Object> outcomes = Node.atOnce(List.of(renew, renew));
        assertEquals(2, outcomes.stream().map(IssuedAccount.class::cast).filter(issued -> node.signIn(issued).isPresent()).count());
    }

    /** Who knows a login must not be able to stop a bank's program: 256 random bits are not guessed, and need no lock. */
    @Test
    void strangersDoNotLockAProgramOut() {
        IssuedAccount robot = node.make(node.administrator(), "robot", AccountKind.TECHNICAL, Role.PARTICIPANT);
        String text = robot.secret().text();
        for (String guess : List.of("1-" + "A".repeat(43), "2" + text.substring(1), text + "A", text.substring(2), "guess", "1-", "999999" + text.substring(1), "9999999" + text.substring(1))) {
            assertTrue(Node.signIn(application(), robot.account().login(), guess).isEmpty(), guess);
        }
        assertTrue(node.signIn(robot).isPresent());
    }

    @Test
    void accountsHaveALimitThatTwoNodesKeepTogether() throws InterruptedException {
        SignedIn administrator = node.administrator();
        fill(Role.PARTICIPANT, 48);
        List<Callable<Object>> both = new ArrayList<>();
        for (String name : List.of("last", "beyond")) {
            both.add(() -> node.make(administrator, name, AccountKind.TECHNICAL, Role.PARTICIPANT).account().state());
        }
        assertEquals(Set.of(AccountState.ACTIVE, AccountRefusal.ACCOUNTS_TOO_MANY), Set.copyOf(Node.atOnce(both)));
    }

    @Test
    void administratorsAreFew() {
        SignedIn administrator = node.administrator();
        fill(Role.NODE_ADMINISTRATOR, 4);
        Node.assertRefused(AccountRefusal.ACCOUNTS_TOO_MANY, () -> node.make(administrator, "sixth", AccountKind.PERSONAL, Role.NODE_ADMINISTRATOR));
        node.make(administrator, "person", AccountKind.PERSONAL, Role.PARTICIPANT);
    }

    @Test
    void aSuspensionStopsCallsAndNoAdministration() {
        SignedIn administrator = node.administrator();
        IssuedAccount robot = node.make(administrator, "robot", AccountKind.TECHNICAL, Role.PARTICIPANT);
        scene.apply(ConnectionEvent.SUSPEND);
        assertTrue(node.signIn(robot).isPresent());
        node.make(administrator, "second", AccountKind.TECHNICAL, Role.PARTICIPANT);
    }

    @Test
    void inTestAnAdministratorRegistersCertificatesOfItsOwnSubsystems() {
        SignedIn administrator = node.administrator();
        CertificateView registered = register(administrator, scene);
        assertEquals(Contour.TEST, registered.contour());
        Node.assertRefused(InputRefusal.NOT_FOUND, () -> register(administrator, Node.inTest()));
        SigningCertificate same = SigningCertificate.read(scene.identity.der(), "pem");
        Node.assertRefused(ParticipantRefusal.CERTIFICATE_ALREADY_REGISTERED,
                () -> application().run(NodeCertificates.class, certificates -> certificates.register(scene.subsystem.id(), same, administrator)));
        assertEquals(List.of(registered.thumbprint(), scene.certificate.thumbprint()).stream().sorted().toList(), application().with(Participants.class,
                participants -> participants.certificates(scene.participant.id(), Contour.TEST)).stream().map(CertificateView::thumbprint).sorted().toList());
    }

    @Test
    void certificatesOfASubsystemHaveALimitAndABlockedOneMakesRoom() {
        SignedIn administrator = node.administrator();
        for (int i = 1; i < NodeCertificates.CERTIFICATES_MAX; i++) {
            register(administrator, scene);
        }
        Node.assertRefused(CredentialRefusal.CERTIFICATES_TOO_MANY, () -> register(administrator, scene));
        application().run(NodeCertificates.class, certificates -> certificates.block(scene.certificate.thumbprint(), "old", administrator));
        register(administrator, scene);
    }

    @Test
    void inProductionTheAuthorityRegistersAndTheAdministratorMayOnlyBlock() {
        Scene production = new Scene(Contour.PRODUCTION);
        SignedIn administrator = new Node(production).administrator();
        Node.assertRefused(CredentialRefusal.CERTIFICATE_BY_THE_AUTHORITY, () -> register(administrator, production));
        CertificateView blocked = production.application.with(NodeCertificates.class, certificates -> certificates.block(production.certificate.thumbprint(), "lost", administrator));
        assertEquals(CertificateState.BLOCKED, blocked.state());
    }

    @Test
    void certificatesThatSoonExpireAreSeen() {
        Instant now = application().clock().instant();
        CertificateView soon = scene.addCertificate(scene.subsystem, Contour.TEST,
                TestCertificates.make("EC", 256, "SHA256withECDSA", now.minus(Duration.ofDays(1)), now.plus(Duration.ofDays(10))));
        List<String> expiring = application().with(Participants.class, participants -> participants.expiringUntil(now.plus(Duration.ofDays(30)), Contour.TEST, 200)).stream()
                .map(CertificateView::thumbprint).toList();
        assertTrue(expiring.contains(soon.thumbprint()) && !expiring.contains(scene.certificate.thumbprint()));
    }

    /** ACC-1, past all Java: what the application's role may not do. */
    @ParameterizedTest
    @ValueSource(strings = {
        "insert into accounts.account (id, login, contour, role, full_name, participant_id, kind, demo, state, events, created_at) values (gen_random_uuid(), 'mole', 'TEST', 'OPERATOR', 'x', null, 'PERSONAL', false, 'ACTIVE', 1, now())",
        "insert into accounts.account (id, login, contour, role, full_name, participant_id, kind, demo, state, events, created_at) values (gen_random_uuid(), 'mole', 'TEST', 'PARTICIPANT', 'x', '%s', 'PERSONAL', false, 'ACTIVE', 1, now())",
        "insert into accounts.account (id, login, contour, role, full_name, password_hash, demo, created_at) values (gen_random_uuid(), 'mole', 'TEST', 'OPERATOR', 'x', 'x', false, now())",
        "update accounts.account set role = 'OPERATOR' where participant_id = '%s'",
        "update accounts.account set password_hash = 'x' where role = 'OPERATOR'",
        "update accounts.account set state = 'ACTIVE' where participant_id = '%s'",
        "update accounts.secret set hash = 'x'",
        "delete from accounts.account where participant_id = '%s'"})
    void theApplicationMakesParticipantsAccountsAndChangesThemByEventsAlone(String sql) {
        assertEquals("42501", state(sql.formatted(scene.participant.id().value())));
    }

    @Test
    void theApplicationGivesNoSecretToTheAuthoritysStaff() throws SQLException {
        UUID official = UUID.randomUUID();
        Rows.change("insert into accounts.account (id, login, contour, role, full_name, password_hash, demo, created_at) values (?, ?, 'TEST', 'OPERATOR', 'x', 'x', false, now())",
                official, "o" + official.toString().substring(0, 8));
        assertEquals("23503", state("insert into accounts.secret (account_id, number, contour, participant_id, hash, state, issued_at) values ('" + official + "', 1, 'TEST', '"
                + scene.participant.id().value() + "', 'x', 'CURRENT', now())"));
        assertEquals("23503", state("insert into accounts.account_event (account_id, number, contour, participant_id, from_state, event, to_state, at, actor, actor_role, reason) values ('" + official
                + "', 1, 'TEST', '" + scene.participant.id().value() + "', 'ACTIVE', 'BLOCK', 'BLOCKED', now(), '" + official + "', 'OPERATOR', 'x')"));
    }

    @Test
    void anAccountOfBothSidesIsRefusedByTheDatabase() {
        UUID id = UUID.randomUUID();
        for (String role : List.of("OPERATOR", "TAXPAYER")) {
            assertTrue(assertThrows(IllegalStateException.class, () -> Rows.change(
                    "insert into accounts.account (id, login, contour, role, full_name, participant_id, password_hash, demo, created_at) values (?, ?, 'TEST', ?, 'x', ?, 'x', false, now())",
                    id, "both" + id.toString().substring(0, 8), role, scene.participant.id().value())).getMessage().contains("account_role_side_fk"));
        }
    }

    private void act(Action action, SignedIn by, UUID account) {
        act(action, node, by, account);
    }

    private static void act(Action action, Node at, SignedIn by, UUID account) {
        Map<Action, Runnable> actions = new EnumMap<>(Action.class);
        actions.put(Action.CREATE, () -> at.make(by, "x" + UUID.randomUUID().toString().substring(0, 8), AccountKind.TECHNICAL, Role.PARTICIPANT));
        actions.put(Action.BLOCK, () -> at.application.run(ApiAccounts.class, accounts -> accounts.apply(AccountEvent.BLOCK, account, "in a test", by)));
        actions.put(Action.DELETE, () -> at.application.run(ApiAccounts.class, accounts -> accounts.apply(AccountEvent.DELETE, account, "in a test", by)));
        actions.put(Action.ISSUE_SECRET, () -> at.renew(by, account, Duration.ofHours(1)));
        actions.put(Action.REVOKE_SECRET, () -> at.application.run(ApiAccounts.class, accounts -> accounts.revokeSecret(account, 1, "in a test", by)));
        actions.put(Action.REGISTER_CERTIFICATE, () -> register(by, at.scene));
        actions.put(Action.BLOCK_CERTIFICATE, () -> at.application.run(NodeCertificates.class, certificates -> certificates.block(at.scene.certificate.thumbprint(), "in a test", by)));
        actions.get(action).run();
    }

    private static CertificateView register(SignedIn by, Scene of) {
        SigningCertificate certificate = SigningCertificate.read(TestCertificates.elliptic(of.application.clock().instant()).der(), "pem");
        return of.application.with(NodeCertificates.class, certificates -> certificates.register(of.subsystem.id(), certificate, by));
    }

    private ApiAccountView apply(AccountEvent event, UUID account, SignedIn by) {
        return application().with(ApiAccounts.class, accounts -> accounts.apply(event, account, "in a test", by));
    }

    private List<ApiAccountView> accounts() {
        return application().with(ApiAccounts.class, accounts -> accounts.of(scene.participant.id().value(), Contour.TEST));
    }

    private List<AccountChange> history(UUID account) {
        return application().with(ApiAccounts.class, accounts -> accounts.history(account, scene.participant.id().value(), Contour.TEST));
    }

    private void fill(Role role, int accounts) {
        Rows.change("""
                insert into accounts.account (id, login, contour, role, full_name, participant_id, password_hash, demo, created_at)
                select gen_random_uuid(), left(gen_random_uuid()::text, 20), 'TEST', ?, 'x', ?, 'x', false, now() from generate_series(1, ?)""", role.name(), scene.participant.id().value(), accounts);
    }

    private TestApplication application() {
        return scene.application;
    }

    private static String state(String sql) {
        try (Connection application = TestDatabase.shared().application().getConnection(); PreparedStatement statement = application.prepareStatement(sql)) {
            return assertThrows(SQLException.class, statement::executeUpdate).getSQLState();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
