package org.kopuro.access.credentials;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
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
import org.kopuro.accounts.Role;
import org.kopuro.accounts.SignedIn;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.testing.Rows;
import org.kopuro.testing.Scene;
import org.kopuro.testing.TestApplication;

/** A node administrator makes, blocks and deletes the accounts of its own participant in its own contour, and nobody else does: ACC-1, ACC-60, ACC-61. */
class AdministeringANodeIT {

    private final Scene scene = Node.inTest();
    private final Node node = new Node(scene);

    @ParameterizedTest
    @EnumSource(Node.Action.class)
    void anAdministratorDoes(Node.Action action) {
        SignedIn administrator = node.administrator();
        node.act(action, administrator, node.make(administrator, "robot", AccountKind.TECHNICAL, Role.PARTICIPANT).account().id());
    }

    @ParameterizedTest
    @EnumSource(Node.Action.class)
    void anAdministratorOfAnotherParticipantFindsNothing(Node.Action action) {
        IssuedAccount account = node.make(node.administrator(), "robot", AccountKind.TECHNICAL, Role.PARTICIPANT);
        SignedIn stranger = new Node(Node.inTest()).administrator();
        if (action == Node.Action.CREATE) {
            node.act(action, stranger, account.account().id());
            assertEquals(2, accounts().size(), "what a stranger makes is the stranger's");
        } else {
            Node.assertRefused(InputRefusal.NOT_FOUND, () -> node.act(action, stranger, account.account().id()));
        }
        assertTrue(node.signIn(account).isPresent());
    }

    @ParameterizedTest
    @EnumSource(value = Node.Action.class, names = {"BLOCK", "DELETE", "ISSUE_SECRET", "REVOKE_SECRET", "BLOCK_CERTIFICATE"})
    void anAdministratorOfTheOtherContourFindsNothing(Node.Action action) {
        Scene production = new Scene(Contour.PRODUCTION);
        Node there = new Node(production);
        IssuedAccount account = there.make(there.administrator(), "robot", AccountKind.TECHNICAL, Role.PARTICIPANT);
        LinkView link = production.application.with(Credentials.class, credentials -> credentials.reissue(production.participant.id(), Contour.TEST, Scene.OFFICIAL));
        SignedIn inTest = there.signIn(there.redeem(there.token(link), "tester")).orElseThrow();
        assertEquals(Contour.TEST, inTest.contour());
        Node.assertRefused(InputRefusal.NOT_FOUND, () -> there.act(action, inTest, account.account().id()));
    }

    /** ACC-16: the refusal does not reveal that it exists there. */
    @Test
    void aCredentialOfTestIsUnknownInProduction() {
        IssuedAccount account = node.make(node.administrator(), "robot", AccountKind.TECHNICAL, Role.PARTICIPANT);
        assertTrue(node.signIn(account).isPresent());
        assertTrue(Node.signIn(new TestApplication("PRODUCTION", Scene.NOON), account.account().login(), account.secret().text()).isEmpty());
        assertEquals(Contour.TEST, node.signIn(account).orElseThrow().contour());
    }

    @Test
    void anAdministratorDoesNotShutItselfOut() {
        SignedIn administrator = node.administrator();
        for (AccountEvent event : List.of(AccountEvent.BLOCK, AccountEvent.DELETE)) {
            Node.assertRefused(AccountRefusal.OWN_ACCOUNT, () -> node.apply(event, administrator.account(), administrator));
        }
    }

    @Test
    void ofTwoAdministratorsWhoBlockOneAnotherAtOnceOneRemains() throws InterruptedException {
        SignedIn first = node.administrator();
        SignedIn second = node.signIn(node.make(first, "second", AccountKind.PERSONAL, Role.NODE_ADMINISTRATOR)).orElseThrow();
        List<Callable<Object>> both = List.of(() -> node.apply(AccountEvent.BLOCK, second.account(), first).state(), () -> node.apply(AccountEvent.BLOCK, first.account(), second).state());
        assertEquals(Set.of(AccountState.BLOCKED, AccountRefusal.ACCOUNT_NO_LONGER_ACTIVE), Set.copyOf(Node.atOnce(both)));
        assertEquals(1, accounts().stream().filter(account -> account.state() == AccountState.ACTIVE).count());
    }

    @Test
    void whoWasBlockedMeanwhileDoesNothingMore() {
        SignedIn first = node.administrator();
        SignedIn second = node.signIn(node.make(first, "second", AccountKind.PERSONAL, Role.NODE_ADMINISTRATOR)).orElseThrow();
        node.apply(AccountEvent.BLOCK, second.account(), first);
        for (Node.Action action : Node.Action.values()) {
            Node.assertRefused(AccountRefusal.ACCOUNT_NO_LONGER_ACTIVE, () -> node.act(action, second, first.account()));
        }
    }

    @Test
    void aBlockedAccountDoesNotSignInUntilItIsUnblockedAndADeletedOneNeverAgain() {
        SignedIn administrator = node.administrator();
        IssuedAccount robot = node.make(administrator, "robot", AccountKind.TECHNICAL, Role.PARTICIPANT);
        UUID id = robot.account().id();
        node.apply(AccountEvent.BLOCK, id, administrator);
        assertTrue(node.signIn(robot).isEmpty());
        Node.assertRefused(InputRefusal.TRANSITION_NOT_ALLOWED, () -> node.apply(AccountEvent.BLOCK, id, administrator));
        Node.assertRefused(InputRefusal.TRANSITION_NOT_ALLOWED, () -> node.renew(administrator, id, Duration.ZERO));
        node.apply(AccountEvent.UNBLOCK, id, administrator);
        assertTrue(node.signIn(robot).isPresent());
        node.apply(AccountEvent.DELETE, id, administrator);
        assertTrue(node.signIn(robot).isEmpty());
        Node.assertRefused(InputRefusal.TRANSITION_NOT_ALLOWED, () -> node.apply(AccountEvent.UNBLOCK, id, administrator));
        Node.assertRefused(AccountRefusal.LOGIN_TAKEN, () -> node.make(administrator, "robot", AccountKind.TECHNICAL, Role.PARTICIPANT));
        assertEquals(List.of(AccountEvent.CREATE, AccountEvent.ISSUE_SECRET, AccountEvent.BLOCK, AccountEvent.UNBLOCK, AccountEvent.DELETE), history(id).stream().map(AccountChange::event).toList());
        assertTrue(history(id).stream().allMatch(change -> change.actor().equals(Optional.of(administrator.account())) && change.actorRole().equals("NODE_ADMINISTRATOR")));
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

    /** Else whoever has stolen a secret would outlive its replacement, by issuing the next one. */
    @Test
    void aFormerSecretStillSignsInAndChangesNothing() {
        IssuedAccount first = node.redeem(node.token(node.link()), "first");
        SignedIn before = node.signIn(first).orElseThrow();
        IssuedAccount robot = node.make(before, "robot", AccountKind.TECHNICAL, Role.PARTICIPANT);
        IssuedAccount renewed = node.renew(before, before.account(), Duration.ofHours(24));
        for (SignedIn former : List.of(before, node.signIn(first).orElseThrow())) {
            for (Node.Action action : Node.Action.values()) {
                Node.assertRefused(AccountRefusal.SECRET_REPLACED, () -> node.act(action, former, robot.account().id()));
            }
            Node.assertRefused(AccountRefusal.SECRET_REPLACED, () -> node.renew(former, former.account(), Duration.ofHours(1)));
        }
        SignedIn newest = node.signIn(renewed).orElseThrow();
        application().run(ApiAccounts.class, accounts -> accounts.revokeSecret(newest.account(), 2, "in a test", newest));
        Node.assertRefused(AccountRefusal.SECRET_REPLACED, () -> node.renew(node.signIn(first).orElseThrow(), before.account(), Duration.ofHours(1)));

        SignedIn program = node.signIn(robot).orElseThrow();
        IssuedAccount next = node.renew(program, program.account(), Duration.ofHours(1));
        Node.assertRefused(AccountRefusal.SECRET_REPLACED, () -> node.renew(node.signIn(robot).orElseThrow(), program.account(), Duration.ofHours(1)));
        assertEquals(3, node.renew(node.signIn(next).orElseThrow(), program.account(), Duration.ZERO).secret().number());
    }

    /** Of a theft at the same moment as its replacement one of the two succeeds. */
    @Test
    void oneSecretBringsOneSuccessorAlsoAtOnce() throws InterruptedException {
        IssuedAccount robot = node.make(node.administrator(), "robot", AccountKind.TECHNICAL, Role.PARTICIPANT);
        SignedIn program = node.signIn(robot).orElseThrow();
        Callable<Object> renew = () -> node.renew(program, program.account(), Duration.ofHours(1)).secret().number();
        assertEquals(Set.of(2, AccountRefusal.SECRET_REPLACED), Set.copyOf(Node.atOnce(List.of(renew, renew))));
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
}
