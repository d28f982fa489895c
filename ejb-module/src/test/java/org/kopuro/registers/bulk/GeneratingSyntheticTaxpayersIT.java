package org.kopuro.registers.bulk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.Inn;
import org.kopuro.kernel.Refusal;
import org.kopuro.registers.RegisterRows;
import org.kopuro.testing.TestDatabase;

class GeneratingSyntheticTaxpayersIT {

    private static final YearMonth MONTH = YearMonth.of(2026, 6);
    private static final String DEMO = "inn in ('23002199000001', '03002202000001', '13002199500007')";
    // Of the generator: 30 February, and a number that tests leave alone.
    private static final String GENERATED = "contour = 'TEST' and substr(inn, 2, 4) = '3002' and (substr(inn, 10) >= '10000' or " + DEMO + ")";

    private Connection owner;

    @BeforeEach
    void noGeneratedRows() throws SQLException {
        owner = TestDatabase.shared().owner().getConnection();
        for (String table : List.of("tax_debt", "tax_payment", "income", "headcount", "taxpayer")) {
            RegisterRows.run("delete from registers." + table + " where " + GENERATED);
        }
    }

    @AfterEach
    void disconnect() throws SQLException {
        owner.close();
    }

    @Test
    void fillsEveryTableAndCountsTheRows() throws SQLException, IOException {
        SyntheticOutcome outcome = generate(10_000, 1);
        assertEquals(10_000, outcome.added());
        assertEquals(0, outcome.alreadyThere());
        assertEquals(outcome.rowsAdded(), count("taxpayer") + count("tax_debt") + count("tax_payment") + count("income") + count("headcount"));
        assertEquals(10_000, count("taxpayer"));
        long debtors = number("select count(distinct inn) from registers.tax_debt where " + GENERATED);
        assertTrue(debtors > 1_400 && debtors < 1_600, () -> "about 15 %: " + debtors);
        assertEquals(0, number("select count(*) from registers.tax_payment where " + GENERATED
                + " and paid_on not between '2024-07-01' and '2026-06-30'"));
    }

    @Test
    void givesTheSameRowsForTheSameSeed() throws SQLException, IOException {
        generate(800, 7);
        String first = fingerprint();
        noGeneratedRows();
        generate(800, 7);
        assertEquals(first, fingerprint());
        noGeneratedRows();
        generate(800, 8);
        assertTrue(!first.equals(fingerprint()));
    }

    @Test
    void leavesWhoIsThereAloneAndSaysSo() throws SQLException, IOException {
        generate(1_000, 1);
        String first = fingerprint();
        assertEquals(new SyntheticOutcome(0, 1_000, 0), generate(1_000, 2));
        assertEquals(first, fingerprint());
    }

    @Test
    void addsWhoIsMissingAsIfAllHadComeAtOnce() throws SQLException, IOException {
        generate(500, 1);
        String atOnce = fingerprint();
        noGeneratedRows();
        generate(200, 1);
        SyntheticOutcome rest = generate(500, 1);
        assertEquals(300, rest.added());
        assertEquals(200, rest.alreadyThere());
        assertEquals(atOnce, fingerprint());
    }

    @Test
    void alwaysHasTheDemoTaxpayersWithRowsInEveryTable() throws SQLException, IOException {
        generate(SyntheticTaxpayers.LEAST_COUNT, 42);
        assertEquals(0, rowsOf("tax_debt", SyntheticTaxpayers.DEMO_ENTREPRENEUR));
        assertEquals(24, rowsOf("tax_payment", SyntheticTaxpayers.DEMO_ENTREPRENEUR));
        assertEquals(24, rowsOf("income", SyntheticTaxpayers.DEMO_ENTREPRENEUR));
        assertEquals(24, rowsOf("headcount", SyntheticTaxpayers.DEMO_ENTREPRENEUR));
        assertEquals(1, rowsOf("tax_debt", SyntheticTaxpayers.DEMO_ORGANISATION));
        assertEquals(24, rowsOf("tax_payment", SyntheticTaxpayers.DEMO_ORGANISATION));
        assertEquals(24, rowsOf("headcount", SyntheticTaxpayers.DEMO_ORGANISATION));
        assertEquals(0, rowsOf("tax_debt", SyntheticTaxpayers.DEMO_PERSON));
        assertEquals(24, rowsOf("tax_payment", SyntheticTaxpayers.DEMO_PERSON));
        assertEquals(24, rowsOf("income", SyntheticTaxpayers.DEMO_PERSON));
        assertEquals(1, number("select count(*) from registers.register_state where contour = 'TEST'"));
    }

    @Test
    void refusesProduction() {
        Refusal refusal = assertThrows(Refusal.class, () ->
                new SyntheticTaxpayers(owner, 1, MONTH).generate(Contour.PRODUCTION, 10, done -> { }));
        assertEquals(LoadRefusal.SYNTHETIC_IN_PRODUCTION, refusal.code());
    }

    @Test
    void tellsItsProgress() throws SQLException, IOException {
        List<Long> told = new ArrayList<>();
        new SyntheticTaxpayers(owner, 1, MONTH).generate(Contour.TEST, 5_001, told::add);
        assertEquals(List.of(5_000L, 5_001L), told);
    }

    private SyntheticOutcome generate(int count, long seed) throws SQLException, IOException {
        return new SyntheticTaxpayers(owner, seed, MONTH).generate(Contour.TEST, count, done -> { });
    }

    private long rowsOf(String table, Inn inn) throws SQLException {
        return number("select count(*) from registers." + table + " where contour = 'TEST' and inn = '" + inn.digits() + "'");
    }

    private long count(String table) throws SQLException {
        return number("select count(*) from registers." + table + " where " + GENERATED);
    }

    private String fingerprint() throws SQLException {
        StringBuilder all = new StringBuilder();
        for (String table : List.of("taxpayer", "tax_debt", "tax_payment", "income", "headcount")) {
            try (Statement sql = owner.createStatement(); ResultSet row = sql.executeQuery(
                    "select md5(string_agg(t::text, ';' order by t::text)) from registers." + table + " t where " + GENERATED)) {
                row.next();
                all.append(row.getString(1));
            }
        }
        return all.toString();
    }

    private long number(String query) throws SQLException {
        try (Statement sql = owner.createStatement(); ResultSet row = sql.executeQuery(query)) {
            row.next();
            return row.getLong(1);
        }
    }
}
