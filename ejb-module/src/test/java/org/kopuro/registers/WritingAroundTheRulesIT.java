package org.kopuro.registers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.Inn;
import org.kopuro.testing.TestDatabase;

/** What the database itself refuses, whatever Java does. */
class WritingAroundTheRulesIT {

    private static final Inn IN_TEST = new Inn("23002197000301");
    private static final Inn IN_PRODUCTION = new Inn("23002197000302");
    private static final Inn EMPLOYER_IN_TEST = new Inn("03002202400301");

    @BeforeAll
    static void rows() {
        RegisterRows.aTaxpayer(Contour.TEST, IN_TEST);
        RegisterRows.aTaxpayer(Contour.PRODUCTION, IN_PRODUCTION);
        RegisterRows.aTaxpayer(Contour.TEST, EMPLOYER_IN_TEST);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "tax_debt_taxpayer_fk | tax_debt values ('PRODUCTION', '23002197000301', '1', 1, '2026-06-30')",
        "tax_debt_taxpayer_fk | tax_debt values ('TEST', '23002197000302', '1', 1, '2026-06-30')",
        "tax_payment_taxpayer_fk | tax_payment values ('PRODUCTION', '23002197000301', '2026-06-30', '1', 1, 1)",
        "income_taxpayer_fk | income values ('PRODUCTION', '23002197000301', '2026-06-01', null, 1)",
        "income_employer_fk | income values ('PRODUCTION', '23002197000302', '2026-06-01', '03002202400301', 1)",
        "headcount_taxpayer_fk | headcount values ('PRODUCTION', '23002197000301', '2026-06-01', 1)",
    })
    void refusesARowOfATaxpayerOfTheOtherContour(String constraint, String insert) {
        assertRefused(constraint, insert);
    }

    @ParameterizedTest
    @ValueSource(strings = {"tax_debt", "tax_payment", "income", "headcount"})
    void refusesToMoveARowIntoTheOtherContour(String table) throws SQLException {
        String insert = switch (table) {
            case "tax_debt" -> "tax_debt values ('TEST', '23002197000301', '9', 1, '2026-06-30')";
            case "tax_payment" -> "tax_payment values ('TEST', '23002197000301', '2026-06-30', '9', 1, 1)";
            case "income" -> "income values ('TEST', '23002197000301', '2026-06-01', '03002202400301', 1)";
            default -> "headcount values ('TEST', '23002197000301', '2026-06-01', 1)";
        };
        RegisterRows.run("insert into registers." + insert + " on conflict do nothing");
        try (Connection owner = TestDatabase.shared().owner().getConnection(); Statement sql = owner.createStatement()) {
            SQLException refused = assertThrows(SQLException.class, () -> sql.executeUpdate(
                    "update registers." + table + " set contour = 'PRODUCTION' where contour = 'TEST' and inn = '23002197000301'"));
            assertEquals("23503", refused.getSQLState());
        }
    }

    @Test
    void refusesToMoveATaxpayerWithRows() throws SQLException {
        RegisterRows.run("insert into registers.headcount values ('TEST', '23002197000301', '2026-05-01', 1) on conflict do nothing");
        try (Connection owner = TestDatabase.shared().owner().getConnection(); Statement sql = owner.createStatement()) {
            SQLException refused = assertThrows(SQLException.class, () -> sql.executeUpdate(
                    "update registers.taxpayer set contour = 'PRODUCTION' where contour = 'TEST' and inn = '23002197000301'"));
            assertEquals("23503", refused.getSQLState());
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "contour_check | tax_debt values ('STAGING', '23002197000301', '1', 1, '2026-06-30')",
        "inn_check | tax_debt values ('TEST', '99999999999999', '1', 1, '2026-06-30')",
        "tax_code_check | tax_debt values ('TEST', '23002197000301', 'налог', 1, '2026-06-30')",
        "tax_debt_amount_check | tax_debt values ('TEST', '23002197000301', '1', 0, '2026-06-30')",
        "minor_units_check | tax_debt values ('TEST', '23002197000301', '1', -1, '2026-06-30')",
        "tax_payment_amount_check | tax_payment values ('PRODUCTION', '23002197000301', '2026-06-30', '1', 1, 0)",
        "tax_payment_sequence_number_check | tax_payment values ('TEST', '23002197000301', '2026-06-30', '1', 0, 1)",
        "first_of_month_check | income values ('TEST', '23002197000301', '2026-06-02', null, 1)",
        "income_person_check | income values ('PRODUCTION', '03002202400301', '2026-06-01', null, 1)",
        "first_of_month_check | headcount values ('TEST', '23002197000301', '2026-06-30', 1)",
        "headcount_insured_persons_check | headcount values ('TEST', '23002197000301', '2026-06-01', -1)",
        "taxpayer_kind_check | taxpayer values ('TEST', '23002197000303', 'FIRM', 'X', '004', null, null, null, '2020-01-01', null)",
        "taxpayer_kind_inn_check | taxpayer values ('PRODUCTION', '23002197000303', 'ORGANISATION', 'X', '004', null, null, null, '2020-01-01', null)",
        "taxpayer_kind_inn_check | taxpayer values ('PRODUCTION', '03002202400303', 'PERSON', 'X', '004', null, null, null, '2020-01-01', null)",
        "taxpayer_full_name_check | taxpayer values ('TEST', '23002197000303', 'PERSON', '', '004', null, null, null, '2020-01-01', null)",
        "taxpayer_postcode_check | taxpayer values ('TEST', '23002197000303', 'PERSON', 'X', '004', '7200', null, null, '2020-01-01', null)",
        "taxpayer_district_fk | taxpayer values ('TEST', '23002197000303', 'PERSON', 'X', '999', null, null, null, '2020-01-01', null)",
        "taxpayer_period_check | taxpayer values ('PRODUCTION', '23002197000303', 'PERSON', 'X', '004', null, null, null, '2020-01-01', '2019-12-31')",
    })
    void refusesAValueOutsideTheRules(String constraint, String insert) {
        assertRefused(constraint, insert);
    }

    /** How clean data of TEST are is not controlled (ACC-15): whoever loads them is warned. */
    @ParameterizedTest
    @ValueSource(strings = {
        "tax_payment values ('TEST', '23002197000301', '2026-06-30', '1', 1001, 0)",
        "income values ('TEST', '03002202400301', '2026-06-01', null, 1)",
        "taxpayer values ('TEST', '23002197000304', 'ORGANISATION', 'X', '004', null, null, null, '2020-01-01', null)",
        "taxpayer values ('TEST', '23002197000304', 'PERSON', 'X', '004', null, null, null, '2020-01-01', '2019-12-31')",
    })
    void takesWhatContradictsItselfInTest(String insert) throws SQLException {
        try (Connection owner = TestDatabase.shared().owner().getConnection(); Statement sql = owner.createStatement()) {
            owner.setAutoCommit(false);
            assertEquals(1, sql.executeUpdate("insert into registers." + insert));
            owner.rollback();
        }
    }

    @Test
    void refusesASecondOwnDeclarationOfAMonth() {
        RegisterRows.run("insert into registers.income values ('TEST', '23002197000301', '2025-01-01', null, 1) on conflict do nothing");
        assertRefused("income_unique", "income values ('TEST', '23002197000301', '2025-01-01', null, 2)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"district", "taxpayer", "tax_debt", "tax_payment", "income", "headcount", "head", "register_state"})
    void letsTheApplicationReadAndNothingElse(String table) throws SQLException {
        DataSource application = TestDatabase.shared().application();
        for (String statement : new String[] {"delete from registers." + table, "truncate registers." + table,
            "insert into registers." + table + " select * from registers." + table, "drop table registers." + table}) {
            try (Connection connection = application.getConnection(); Statement sql = connection.createStatement()) {
                SQLException refused = assertThrows(SQLException.class, () -> sql.executeUpdate(statement));
                assertEquals("42501", refused.getSQLState(), statement);
                sql.executeQuery("select * from registers." + table + " limit 1").close();
            }
        }
    }

    private static void assertRefused(String constraint, String insert) {
        try (Connection owner = TestDatabase.shared().owner().getConnection(); Statement sql = owner.createStatement()) {
            SQLException refused = assertThrows(SQLException.class, () -> sql.executeUpdate("insert into registers." + insert));
            assertTrue(refused.getMessage().contains('"' + constraint + '"'), refused.getMessage());
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
