package org.kopuro.loans.listing;

import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Refusal;

/**
 * How a list is sorted: by a column and then by the loan's id, both in this direction; loans that have nothing in the column come last in either (LOAN-101).
 */
public record LoanOrder(LoanColumn column, boolean descending) {

    /** Where nothing is asked: newest applications first. */
    public static final LoanOrder USUAL = new LoanOrder(LoanColumn.APPLIED_AT, true);

    /** The column's name, with a minus before it where it descends: {@code contractSum}, {@code -contractSum}. */
    public static LoanOrder of(String text, String field) {
        boolean descending = text.startsWith("-");
        return new LoanOrder(LoanColumn.named(descending ? text.substring(1) : text).orElseThrow(() -> Refusal.of(InputRefusal.FIELD_INVALID, field)), descending);
    }

    @Override
    public String toString() {
        return (descending ? "-" : "") + column.json();
    }
}
