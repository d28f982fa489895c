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
import org.kopuro.testing.TestAccounts;
import org.kopuro.testing.TestApplication;
import org.kopuro.testing.TestDatabase;

class SigningInIT {

    private static final String CHEAP = TestAccounts.hash("correct");
    private final TestApplication application = new TestApplication("TEST", Scene.NOON);
    private final String login = "u" + UUID.randomUUID().toString().substring(0, 12);

    @Test
    void succeedsWithTheRightPassword() throws SQLException {
        anAccountByCommand();
        SignedIn person = signIn(application, "correct").orElseThrow();
        assertEquals(login, person.login());
        assertEquals(Role.OPERATOR, person.role());
        assertEquals(Contour.TEST, person.contour());
    }

    @Test
    void saysNothingOfWhatWasWrong() {
        anAccount(Contour.TEST, false);
        assertTrue(signIn(application, "wrong").isEmpty());
        assertTrue(application.with(Accounts.class, accounts -> accounts.signIn("nobody-" + login, "correct".toCharArray())).isEmpty());
        assertTrue(signIn(application, "x".repeat(100_000)).isEmpty());
        assertTrue(application.with(Accounts.class, accounts -> accounts.signIn("' or 1=1 --", "correct".toCharArray())).isEmpty());
    }

    @Test
    void locksTheAccountAfterFiveFailuresForFifteenMinutes() {
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
    void forgetsFailuresAfterASuccess() {
        anAccount(Contour.TEST, false);
        for (int i = 0; i < 2 * Accounts.FAILURES_MAX; i++) {
            signIn(application, i % Accounts.FAILURES_MAX == 3 ? "correct" : "wrong");
        }
        assertTrue(signIn(application, "correct").isPresent());
    }

    @Test
    void refusesDemoAccountsWherePRODUCTIONIsServed() {
        anAccount(Contour.TEST, true);
        assertTrue(signIn(application, "correct").isPresent());
        assertTrue(signIn(new TestApplication("TEST,PRODUCTION", Scene.NOON), "correct").isEmpty());
    }

    @Test
    void refusesAccountsOfAContourThatIsNotServedHere() {
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
    void keepsAPasswordAsAHashThatIsSlowToGuessAndASecretOf256BitsAsAnyHash() throws SQLException {
        anAccountByCommand();
        String kept = Rows.of("select password_hash from accounts.account where login = ?", login).get(0);
        assertTrue(kept.startsWith("PBKDF2WithHmacSHA512:210000:"), kept);
        assertFalse(kept.contains("correct"));
        IssuedSecret secret = IssuedSecret.generate(1);
        assertTrue(secret.hash().startsWith("PBKDF2WithHmacSHA512:1:") && !secret.hash().contains(secret.text()) && !secret.hash().equals(secret.hash()), secret::hash);
        assertTrue(PasswordHash.verify(secret.text().toCharArray(), secret.hash()));
    }

    /** Else an unknown login would be told from a known one by the time the answer takes. */
    @Test
    void comparesAGuessOfNobodysPasswordWithAHashThatIsAsSlow() {
        assertTrue(PasswordHash.OF_NOBODY.startsWith("PBKDF2WithHmacSHA512:210000:"));
        assertTrue(PasswordHash.OF_NO_SECRET.startsWith("PBKDF2WithHmacSHA512:1:"));
    }

    /** What looks like a secret is compared with a secret alone: with a password the answer would take longer where there is one. */
    @Test
    void takesWhatHasTheFormOfASecretForNoPassword() {
        String form = "1-" + "A".repeat(43);
        TestAccounts.put(UUID.randomUUID(), login, TestAccounts.hash(form), Role.OPERATOR, Contour.TEST, Optional.empty(), Optional.empty(), false);
        assertTrue(signIn(application, form).isEmpty());
    }

    private Optional<SignedIn> signIn(TestApplication at, String password) {
        return at.with(Accounts.class, accounts -> accounts.signIn(login, password.toCharArray()));
    }

    private void anAccount(Contour contour, boolean demo) {
        TestAccounts.put(UUID.randomUUID(), login, CHEAP, Role.OPERATOR, contour, Optional.empty(), Optional.empty(), demo);
    }

    private void anAccountByCommand() throws SQLException {
        try (Connection owner = TestDatabase.shared().owner().getConnection()) {
            assertTrue(new AccountRegister(owner, application.clock()).put(login, "correct".toCharArray(), Contour.TEST, Role.OPERATOR, "A Person", Optional.empty(), false));
        }
    }
}
