package org.kopuro.bench;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;

/** A bank's register of contracted loans (LOAN-91) of one round: numbers and borrowers of its own, and one borrower in twenty has two of the loans. The same for the same round. */
final class LoanFile {

    static final String PROGRAMME = "1528";
    static final List<String> TITLES = List.of("applicationNumber", "programme", "inn", "appliedAt", "requested", "approved", "decidedOn", "contractNumber", "contractDate", "contractSum", "rate", "termMonths",
            "issues", "balances");
    private static final LocalDate FIRST_DAY = LocalDate.of(2024, 2, 1);
    private static final int DAYS = 600;
    private static final int ONE_IN = 20;
    private static final int[] WEIGHTS = {2, 4, 10, 3, 5, 9, 4, 6, 8};

    private final int round;
    private final int rows;

    LoanFile(int round, int rows) {
        this.round = round;
        this.rows = rows;
    }

    private int borrower(int row) {
        return round * rows + (row % ONE_IN == ONE_IN - 1 ? row - 7 : row);
    }

    /** With its check digit. */
    private static String inn(int number) {
        String nine = "77%07d".formatted(number);
        int sum = 0;
        for (int i = 0; i < WEIGHTS.length; i++) {
            sum += WEIGHTS[i] * (nine.charAt(i) - '0');
        }
        return nine + sum % 11 % 10;
    }

    Set<String> inns() {
        Set<String> inns = new LinkedHashSet<>();
        for (int row = 0; row < rows; row++) {
            inns.add(inn(borrower(row)));
        }
        return inns;
    }

    /** Texts, days, sums in roubles, a whole number. */
    private List<Object> values(int row) {
        LocalDate applied = FIRST_DAY.plusDays((row * 7L + round) % DAYS);
        BigDecimal sum = BigDecimal.valueOf(1_000_000_00L + row % 9_973 * 1_000_03L, 2);
        List<Object> values = new ArrayList<>(List.of("З-" + round + "-" + row, PROGRAMME, inn(borrower(row)), applied, sum, sum, applied.plusDays(5), "Д-" + round + "-" + row, applied.plusDays(9), sum,
                new BigDecimal("3.5"), 12 + row % 48));
        values.add(applied.plusDays(10) + "=" + sum.divide(BigDecimal.TEN, 2, java.math.RoundingMode.DOWN));
        values.add(applied.plusDays(40).toString().substring(0, 7) + "=" + sum.divide(BigDecimal.TEN, 2, java.math.RoundingMode.DOWN));
        return values;
    }

    byte[] workbook() throws IOException {
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        Workbook workbook = new Workbook(octets, "bench", "1.0");
        Worksheet sheet = workbook.newWorksheet("loans");
        for (int column = 0; column < TITLES.size(); column++) {
            sheet.value(0, column, TITLES.get(column));
        }
        for (int row = 0; row < rows; row++) {
            int column = 0;
            for (Object value : values(row)) {
                if (value instanceof LocalDate day) {
                    sheet.value(row + 1, column, day);
                    sheet.style(row + 1, column).format("yyyy-mm-dd").set();
                } else if (value instanceof Number number) {
                    sheet.value(row + 1, column, number);
                } else {
                    sheet.value(row + 1, column, (String) value);
                }
                column++;
            }
        }
        workbook.finish();
        return octets.toByteArray();
    }
}
