package org.kopuro.accounts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.kopuro.installation.BrokenConstraint;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.Inn;
import org.kopuro.registers.RegisterRows;
import org.kopuro.testing.Rows;
import org.kopuro.testing.Scene;
import org.kopuro.testing.TestApplication;
import org.kopuro.testing.TestDatabase;

/** Several roles of one side, of both sides none, an auditor's no other (§3, ACC-1). */
class RolesOfAccountsIT {

    private final TestApplication application = new TestApplication("TEST", Scene.NOON);
    private final String login = "r" + UUID.randomUUID().toString().substring(0, 12);

    @Test
    void anAccountHasSeveralRolesAndActsInTheOneThatIsWanted() throws SQLException {
        assertTrue(put(Role.OPERATOR, Role.SECURITY_OFFICER, Role.SERVICE_OWNER));
        SignedIn person = signIn();
        assertEquals(Set.of(Role.OPERATOR, Role.SECURITY_OFFICER, Role.SERVICE_OWNER), Set.copyOf(person.roles()));
        assertEquals(Role.OPERATOR, person.role());
        assertEquals("SECURITY_OFFICER", person.as(List.of(Role.AUDITOR, Role.SECURITY_OFFICER, Role.OPERATOR)).orElseThrow().actor().role());
        assertEquals(Optional.empty(), person.as(List.of(Role.APPROVER, Role.AUDITOR)));
    }

    @Test
    void anotherBodysPeopleAreOnTheAuthoritysSideAndNoneOfItsOfficials() throws SQLException {
        assertTrue(put(Role.REGULATOR, Role.METHODOLOGY_OWNER));
        assertFalse(signIn().official());
        assertFalse(signIn().as(List.of(Role.METHODOLOGY_OWNER)).orElseThrow().official());
    }

    @Test
    void theCommandGivesAndTakesAllButTheFirst() throws SQLException {
        assertTrue(put(Role.OPERATOR, Role.SECURITY_OFFICER, Role.SERVICE_OWNER));
        assertTrue(put(Role.OPERATOR, Role.SERVICE_OWNER, Role.PROCEDURE_EDITOR));
        assertEquals(Set.of(Role.OPERATOR, Role.SERVICE_OWNER, Role.PROCEDURE_EDITOR), Set.copyOf(signIn().roles()));
        assertFalse(put(Role.SERVICE_OWNER));
        assertEquals(3, signIn().roles().size());
        assertTrue(put(Role.OPERATOR));
        assertEquals(List.of(Role.OPERATOR), signIn().roles());
    }

    @ParameterizedTest
    @CsvSource({"OPERATOR, PARTICIPANT, account_role_role_fk", "OPERATOR, TAXPAYER, account_role_role_fk", "SECURITY_OFFICER, AUDITOR, account_role_auditor_check",
        "AUDITOR, APPROVER, account_role_auditor_check", "PARTICIPANT, NODE_ADMINISTRATOR, account_role_side_fk", "TAXPAYER, NODE_ADMINISTRATOR, account_role_side_fk",
        "REGULATOR, OPERATOR, account_role_body_check", "OPERATOR, METHODOLOGY_OWNER, account_role_body_check", "REGULATOR, AUDITOR, account_role_auditor_check"})
    void nobodyIsOfBothSidesAndAnAuditorNothingElse(Role first, Role further, String constraint) {
        assertEquals(Optional.of(constraint), BrokenConstraint.in(assertThrows(SQLException.class, () -> put(first, further))));
        assertEquals(List.of("0"), Rows.of("select count(*) from accounts.account where login = ?", login));
    }

    @Test
    void ofATaxpayersAccountThereIsNoRoleOfTheAuthority() throws SQLException {
        try (Connection owner = TestDatabase.shared().owner().getConnection()) {
            AccountRegister register = new AccountRegister(owner, application.clock());
            Inn inn = new Inn("23002198100017");
            RegisterRows.aTaxpayer(Contour.TEST, inn);
            assertEquals(Optional.of("account_role_role_fk"), BrokenConstraint.in(assertThrows(SQLException.class,
                    () -> register.put(login, "correct".toCharArray(), Contour.TEST, List.of(Role.TAXPAYER, Role.OPERATOR), "A Person", Optional.of(inn), Optional.empty(), false))));
            assertEquals(Optional.of("account_role_side_fk"), BrokenConstraint.in(assertThrows(SQLException.class,
                    () -> register.put(login, "correct".toCharArray(), Contour.TEST, List.of(Role.APPROVER), "A Person", Optional.of(inn), Optional.empty(), false))));
        }
    }

    /** The database names the same roles, of the same sides. */
    @Test
    void rolesAreData() {
        assertEquals(Stream.of(Role.values()).map(role -> role + " " + (role.ofAuthority() ? "AUTHORITY" : role.ofParticipant() ? "PARTICIPANT" : "TAXPAYER")).sorted().toList(),
                Rows.of("select name || ' ' || side from accounts.role order by name").stream().sorted().toList());
    }

    @ParameterizedTest
    @ValueSource(strings = {"insert into accounts.account_role select id, side, role, 'APPROVER', now() from accounts.account where login = '%s'",
        "update accounts.account_role set role = 'APPROVER'", "delete from accounts.account_role", "insert into accounts.role values ('KING', 'AUTHORITY')",
        "update accounts.account set role = 'APPROVER' where login = '%s'", "update accounts.account set participant_id = gen_random_uuid() where login = '%s'"})
    void theApplicationPromotesNobody(String sql) throws SQLException {
        assertTrue(put(Role.OPERATOR, Role.SERVICE_OWNER));
        try (Connection connection = TestDatabase.shared().application().getConnection()) {
            assertEquals("42501", assertThrows(SQLException.class, () -> connection.createStatement().executeUpdate(sql.formatted(login))).getSQLState());
        }
    }

    private boolean put(Role... roles) throws SQLException {
        try (Connection owner = TestDatabase.shared().owner().getConnection()) {
            return new AccountRegister(owner, application.clock()).put(login, "correct".toCharArray(), Contour.TEST, List.of(roles), "A Person", Optional.empty(), Optional.empty(), false);
        }
    }

    private SignedIn signIn() {
        return application.with(Accounts.class, accounts -> accounts.signIn(login, "correct".toCharArray())).orElseThrow();
    }
}
