package org.kopuro.registers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.kopuro.installation.Sql;
import org.kopuro.installation.SqlFailure;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.Inn;
import org.kopuro.kernel.Money;
import org.kopuro.testing.TestDatabase;

class AnsweringAboutATaxpayerIT {

    private static final Inn FULL = new Inn("23002197000201");
    private static final Inn BARE = new Inn("23002197000202");
    private static final Inn EMPLOYER = new Inn("03002202400201");
    private static final Inn STRANGER = new Inn("23002197000299");
    private static final LocalDate MAY_1 = LocalDate.of(2026, 5, 1);
    private static final LocalDate MAY_31 = LocalDate.of(2026, 5, 31);
    private static final YearMonth APRIL = YearMonth.of(2026, 4);
    private static final YearMonth MAY = YearMonth.of(2026, 5);

    private Connection connection;
    private Registers registers;

    @BeforeAll
    static void rows() {
        RegisterRows.aTaxpayer(Contour.TEST, FULL);
        RegisterRows.aTaxpayer(Contour.TEST, BARE);
        RegisterRows.aTaxpayer(Contour.TEST, EMPLOYER);
        RegisterRows.run("insert into registers.register_state values ('TEST', '2026-06-30') on conflict do nothing");
        for (String row : List.of(
                "tax_debt values ('TEST', ?, '11112100', 150050, '2026-06-30')",
                "tax_debt values ('TEST', ?, '11411100', 1, '2026-06-30')",
                "tax_payment values ('TEST', ?, '2026-04-30', '11112100', 1, 100)",
                "tax_payment values ('TEST', ?, '2026-05-01', '11112100', 1, 200)",
                "tax_payment values ('TEST', ?, '2026-05-31', '11112100', 2, 300)",
                "tax_payment values ('TEST', ?, '2026-05-31', '11112100', 1, 300)",
                "tax_payment values ('TEST', ?, '2026-06-01', '11112100', 1, 400)",
                "income values ('TEST', ?, '2026-03-01', null, 1)",
                "income values ('TEST', ?, '2026-04-01', null, 700000)",
                "income values ('TEST', ?, '2026-04-01', '03002202400201', 4500000)",
                "income values ('TEST', ?, '2026-06-01', null, 2)",
                "headcount values ('TEST', ?, '2026-04-01', 3)",
                "headcount values ('TEST', ?, '2026-05-01', 0)",
                "headcount values ('TEST', ?, '2026-06-01', 9)")) {
            RegisterRows.run("insert into registers." + row + " on conflict do nothing", FULL.digits());
        }
    }

    @BeforeEach
    void connect() throws SQLException {
        connection = TestDatabase.shared().application().getConnection();
        registers = new Registers(new RegisterStore(Sql.on(connection)));
    }

    @AfterEach
    void disconnect() throws SQLException {
        connection.close();
    }

    @Test
    void knowsNobodyOutsideTheRegister() {
        assertEquals(Optional.empty(), registers.find(Contour.TEST, STRANGER));
        assertEquals(Optional.empty(), registers.debt(Contour.TEST, STRANGER));
        assertEquals(Optional.empty(), registers.payments(Contour.TEST, STRANGER, MAY_1, MAY_31));
        assertEquals(Optional.empty(), registers.incomes(Contour.TEST, STRANGER, APRIL, MAY));
        assertEquals(Optional.empty(), registers.headcounts(Contour.TEST, STRANGER, APRIL, MAY));
    }

    @Test
    void knowsNobodyOfTheOtherContour() {
        assertEquals(Optional.empty(), registers.find(Contour.PRODUCTION, FULL));
        assertEquals(Optional.empty(), registers.debt(Contour.PRODUCTION, FULL));
        assertEquals(Optional.empty(), registers.payments(Contour.PRODUCTION, FULL, MAY_1, MAY_31));
        assertEquals(Optional.empty(), registers.incomes(Contour.PRODUCTION, FULL, APRIL, MAY));
        assertEquals(Optional.empty(), registers.headcounts(Contour.PRODUCTION, FULL, APRIL, MAY));
    }

    @Test
    void tellsNothingOfTheOtherContourAboutWhoIsInBoth() throws SQLException {
        try (Connection owner = TestDatabase.shared().owner().getConnection(); Statement sql = owner.createStatement()) {
            owner.setAutoCommit(false);
            sql.execute("insert into registers.taxpayer select 'PRODUCTION', inn, kind, full_name, district_code, postcode, address,"
                    + " activity_code, registered_on, ended_on from registers.taxpayer where contour = 'TEST' and inn = '" + FULL.digits() + "'");
            sql.execute("insert into registers.register_state values ('PRODUCTION', '2020-02-29')"
                    + " on conflict (contour) do update set debts_as_of = excluded.debts_as_of");
            Registers inThisTransaction = new Registers(new RegisterStore(Sql.on(owner)));
            assertEquals(Optional.of(new DebtView(Optional.of(LocalDate.of(2020, 2, 29)), Money.som(0))), inThisTransaction.debt(Contour.PRODUCTION, FULL));
            assertEquals(Optional.of(List.of()), inThisTransaction.payments(Contour.PRODUCTION, FULL, MAY_1, MAY_31));
            assertEquals(Optional.of(List.of()), inThisTransaction.incomes(Contour.PRODUCTION, FULL, APRIL, MAY));
            assertEquals(Optional.of(List.of()), inThisTransaction.headcounts(Contour.PRODUCTION, FULL, APRIL, MAY));
            owner.rollback();
        }
    }

    @Test
    void tellsTheRegistrationWithWhatIsNotKnownLeftOut() {
        assertEquals(new TaxpayerView(FULL, TaxpayerKind.ENTREPRENEUR, "Сыноо", "004", null, null, null,
                LocalDate.of(2020, 1, 1), null), registers.find(Contour.TEST, FULL).orElseThrow());
    }

    @Test
    void addsUpTheDebtsOfAllTaxes() {
        DebtView debt = registers.debt(Contour.TEST, FULL).orElseThrow();
        assertTrue(debt.hasDebt());
        assertEquals(Money.som(150051), debt.total());
    }

    @Test
    void tellsAsOfWhichDayThereIsNoDebt() {
        DebtView debt = registers.debt(Contour.TEST, BARE).orElseThrow();
        assertFalse(debt.hasDebt());
        assertEquals(Money.som(0), debt.total());
        assertEquals(registers.debt(Contour.TEST, FULL).orElseThrow().asOf(), debt.asOf());
    }

    @Test
    void doesNotGuessADebtBeforeDebtsWereLoaded() throws SQLException {
        try (Connection owner = TestDatabase.shared().owner().getConnection(); Statement sql = owner.createStatement()) {
            owner.setAutoCommit(false);
            sql.execute("delete from registers.register_state where contour = 'TEST'");
            Registers inThisTransaction = new Registers(new RegisterStore(Sql.on(owner)));
            assertTrue(inThisTransaction.debt(Contour.TEST, BARE).orElseThrow().asOf().isEmpty());
            owner.rollback();
        }
    }

    @Test
    void listsPaymentsWithBothDaysIncludedAndTwoEqualOnesTwice() {
        assertEquals(List.of(
                new PaymentView(MAY_1, "11112100", Money.som(200)),
                new PaymentView(MAY_31, "11112100", Money.som(300)),
                new PaymentView(MAY_31, "11112100", Money.som(300))),
                registers.payments(Contour.TEST, FULL, MAY_1, MAY_31).orElseThrow());
    }

    @Test
    void listsIncomesBySourceWithTheOwnDeclarationLast() {
        assertEquals(List.of(
                new MonthlyIncomeView(APRIL, Optional.of(EMPLOYER), Money.som(4500000)),
                new MonthlyIncomeView(APRIL, Optional.empty(), Money.som(700000))),
                registers.incomes(Contour.TEST, FULL, APRIL, MAY).orElseThrow());
    }

    @Test
    void listsHeadcountsOfTheMonthsReported() {
        assertEquals(List.of(new MonthlyHeadcountView(APRIL, 3), new MonthlyHeadcountView(MAY, 0)),
                registers.headcounts(Contour.TEST, FULL, APRIL, MAY).orElseThrow());
    }

    @Test
    void givesEmptyListsForAKnownTaxpayerWithoutRows() {
        assertEquals(Optional.of(List.of()), registers.payments(Contour.TEST, BARE, MAY_1, MAY_31));
        assertEquals(Optional.of(List.of()), registers.incomes(Contour.TEST, BARE, APRIL, MAY));
        assertEquals(Optional.of(List.of()), registers.headcounts(Contour.TEST, BARE, APRIL, MAY));
    }

    @Test
    void leavesTheConnectionOpen() throws SQLException {
        registers.find(Contour.TEST, FULL);
        assertFalse(connection.isClosed());
    }

    @Test
    void reportsADatabaseThatDoesNotAnswer() throws SQLException {
        connection.close();
        assertThrows(SqlFailure.class, () -> registers.find(Contour.TEST, FULL));
    }
}
