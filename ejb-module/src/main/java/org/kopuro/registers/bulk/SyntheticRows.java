package org.kopuro.registers.bulk;

import java.sql.SQLException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.SplittableRandom;
import org.kopuro.installation.CopyText;
import org.kopuro.kernel.Contour;
import org.kopuro.registers.TaxpayerKind;

/** The debts, payments, incomes and headcounts of one chunk of invented taxpayers. */
final class SyntheticRows {

    private static final int DEBTORS_PERCENT = 15;
    private static final int EMPLOYING_ENTREPRENEURS_PERCENT = 25;
    private static final int PEOPLE_WITH_INCOME_PERCENT = 80;
    private static final int MONTHS_OF_PAYMENTS = 24;
    private static final int MONTHS_OF_HISTORY = 12;
    private static final int DEMO_MONTHS_OF_HISTORY = 24;
    private static final int MONTHS_BETWEEN_PAYMENTS = 3;
    private static final String[] TAX_CODES = {"11111100", "11112100", "11411100", "11321100"};

    private final CopyText debts = new CopyText();
    private final CopyText payments = new CopyText();
    private final CopyText incomes = new CopyText();
    private final CopyText headcounts = new CopyText();
    private final long seed;
    private final YearMonth lastMonth;

    SyntheticRows(long seed, YearMonth lastMonth) {
        this.seed = seed;
        this.lastMonth = lastMonth;
    }

    void add(SyntheticTaxpayer taxpayer, int index) {
        SplittableRandom random = SyntheticTaxpayer.random(index, seed, 1);
        boolean demo = taxpayer.isDemo();
        int months = demo ? DEMO_MONTHS_OF_HISTORY : MONTHS_OF_HISTORY;
        boolean debtor = random.nextInt(100) < DEBTORS_PERCENT;
        if (demo ? taxpayer.kind() == TaxpayerKind.ORGANISATION : debtor) {
            addDebt(taxpayer, random);
        }
        if (demo || taxpayer.kind() != TaxpayerKind.PERSON) {
            addPayments(taxpayer, demo ? 1 : MONTHS_BETWEEN_PAYMENTS, random);
        }
        switch (taxpayer.kind()) {
            case ORGANISATION -> addHeadcounts(taxpayer, months, random);
            case ENTREPRENEUR -> {
                if (demo || random.nextInt(100) < EMPLOYING_ENTREPRENEURS_PERCENT) {
                    addHeadcounts(taxpayer, months, random);
                }
                if (demo) {
                    addIncomes(taxpayer, null, months, random);
                }
            }
            case PERSON -> {
                if (demo || random.nextInt(100) < PEOPLE_WITH_INCOME_PERCENT) {
                    addIncomes(taxpayer, SyntheticTaxpayer.organisationBefore(index, random), months, random);
                }
            }
        }
    }

    /** Sends everything; the number of rows. */
    long copy(BulkTransaction transaction) throws SQLException {
        return transaction.copy("copy registers.tax_debt from stdin", debts)
                + transaction.copy("copy registers.tax_payment from stdin", payments)
                + transaction.copy("copy registers.income from stdin", incomes)
                + transaction.copy("copy registers.headcount from stdin", headcounts);
    }

    private void addDebt(SyntheticTaxpayer taxpayer, SplittableRandom random) {
        begin(debts, taxpayer).value(pick(random)).value(10_000 + random.nextInt(50_000_000)).value(lastMonth.atEndOfMonth()).endRow();
    }

    private void addPayments(SyntheticTaxpayer taxpayer, int monthsBetween, SplittableRandom random) {
        String taxCode = pick(random);
        for (int ago = MONTHS_OF_PAYMENTS - 1; ago >= 0; ago -= monthsBetween) {
            LocalDate paidOn = lastMonth.minusMonths(ago).atDay(1 + random.nextInt(28));
            begin(payments, taxpayer).value(paidOn).value(taxCode).value(1).value(5_000 + random.nextInt(20_000_000)).endRow();
        }
    }

    private void addIncomes(SyntheticTaxpayer taxpayer, String employerInn, int months, SplittableRandom random) {
        long base = 1_500_000 + random.nextInt(8_000_000);
        for (int ago = months - 1; ago >= 0; ago--) {
            begin(incomes, taxpayer).value(lastMonth.minusMonths(ago).atDay(1)).value(employerInn)
                    .value(base + random.nextInt(500_000)).endRow();
        }
    }

    private void addHeadcounts(SyntheticTaxpayer taxpayer, int months, SplittableRandom random) {
        int persons = 1 + random.nextInt(taxpayer.kind() == TaxpayerKind.ORGANISATION ? 150 : 8);
        for (int ago = months - 1; ago >= 0; ago--) {
            begin(headcounts, taxpayer).value(lastMonth.minusMonths(ago).atDay(1)).value(persons).endRow();
            // People come and go, and a firm may shrink to nobody.
            persons = Math.max(0, persons + random.nextInt(-2, 3));
        }
    }

    private static CopyText begin(CopyText rows, SyntheticTaxpayer taxpayer) {
        return rows.value(Contour.TEST.name()).value(taxpayer.inn());
    }

    private static String pick(SplittableRandom random) {
        return TAX_CODES[random.nextInt(TAX_CODES.length)];
    }
}
