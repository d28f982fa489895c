package org.kopuro.accounts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.kopuro.kernel.Contour;
import org.kopuro.testing.Rows;
import org.kopuro.testing.Scene;
import org.kopuro.testing.TestApplication;
import org.kopuro.testing.TestDatabase;

class SigningInIT {

    private final TestApplication application = new TestApplication("TEST", Scene.NOON);
    private final String login = "u" + UUID.randomUUID().toString().substring(0, 12);

    @Test
    void succeedsWithTheRightPassword() throws SQLException {
        anAccount(Contour.TEST, false);
        SignedIn person = signIn(application, "correct").orElseThrow();
        assertEquals(login, person.login());
        assertEquals(Role.OPERATOR, person.role());
        assertEquals(Contour.TEST, person.contour());
    }

    @Test
    void saysNothingOfWhatWasWrong() throws SQLException {
        anAccount(Contour.TEST, false);
        assertTrue(signIn(application, "wrong").isEmpty());
        assertTrue(application.with(Accounts.class, accounts -> accounts.signIn("nobody-" + login, "correct".toCharArray())).isEmpty());
        assertTrue(signIn(application, "x".repeat(100_000)).isEmpty());
        assertTrue(application.with(Accounts.class, accounts -> accounts.signIn("' or 1=1 --", "correct".toCharArray())).isEmpty());
    }

    @Test
    void locksTheAccountAfterFiveFailuresForFifteenMinutes() throws SQLException {
        anAccount(Contour.TEST, false);
        for (int i = 0; i < Accounts.FAILURES_MAX; i++) {
            assertTrue(signIn(application, "wrong").isEmpty());
        }
        assertTrue(signIn(application, "correct").isEmpty());
        application.clock().advance(Accounts.LOCK.minus(Duration.ofSeconds(1)));
        assertTrue(signIn(application, "correct").isEmpty());
        application.clock().advance(Duration.ofSeconds(2));
        assertTrue(signIn(application, "correct").isPresent());
    }

    @Test
    void forgetsFailuresAfterASuccess() throws SQLException {
        anAccount(Contour.TEST, false);
        for (int i = 0; i < 2 * Accounts.FAILURES_MAX; i++) {
            signIn(application, i % Accounts.FAILURES_MAX == 3 ? "correct" : "wrong");
        }
        assertTrue(signIn(application, "correct").isPresent());
    }

    @Test
    void refusesDemoAccountsWherePRODUCTIONIsServed() throws SQLException {
        anAccount(Contour.TEST, true);
        assertTrue(signIn(application, "correct").isPresent());
        assertTrue(signIn(new TestApplication("TEST,PRODUCTION", Scene.NOON), "correct").isEmpty());
    }

    @Test
    void refusesAccountsOfAContourThatIsNotServedHere() throws SQLException {
        anAccount(Contour.PRODUCTION, false);
        assertTrue(signIn(application, "correct").isEmpty());
    }

    @Test
    void givesTheApplicationNoRightToMakeOrPromoteAccounts() {
        assertEquals(List.of("f|f|f"), Rows.of("""
                select concat_ws('|', has_table_privilege(?, 'accounts.account', 'insert'), has_table_privilege(?, 'accounts.account', 'delete'),
                                 has_column_privilege(?, 'accounts.account', 'role', 'update'))""",
                TestDatabase.APPLICATION, TestDatabase.APPLICATION, TestDatabase.APPLICATION));
    }

    @Test
    void keepsNoPasswordInClear() throws SQLException {
        anAccount(Contour.TEST, false);
        assertFalse(Rows.of("select password_hash from accounts.account where login = ?", login).get(0).contains("correct"));
    }

    private Optional<SignedIn> signIn(TestApplication at, String password) {
        return at.with(Accounts.class, accounts -> accounts.signIn(login, password.toCharArray()));
    }

    private void anAccount(Contour contour, boolean demo) throws SQLException {
        try (Connection owner = TestDatabase.shared().owner().getConnection()) {
            assertTrue(new AccountRegister(owner, application.clock()).put(login, "correct".toCharArray(), contour, Role.OPERATOR, "A Person", Optional.empty(), demo));
        }
    }
}
