package org.kopuro.loans;

import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a bank states of a loan (LOAN-30). Everything else on the card the system sets.
 *
 * <p>Values in Java by {@link Type}: texts; days; moments; sums as {@code Long} in kopecks; the rate as a {@code BigDecimal} of four decimals; whole numbers as {@code Integer}; issues and balances as lists
 * of {@link DatedSum}, a balance on its month's first day.
 */
public enum LoanField {
    PROGRAMME("programme", "programme", Type.TEXT, true),
    /** {@link BorrowerKind}. */
    BORROWER_KIND("borrowerKind", "borrower_kind", Type.TEXT, true),
    INN("inn", "inn", Type.TEXT, true),
    /** The bank's own, unique within bank and programme among what is not withdrawn. */
    APPLICATION_NUMBER("applicationNumber", "application_number", Type.TEXT, false),
    APPLIED_AT("appliedAt", "applied_at", Type.MOMENT, true),
    REQUESTED("requested", "requested", Type.MONEY, false),
    APPROVED("approved", "approved", Type.MONEY, false),
    DECIDED_ON("decidedOn", "decided_on", Type.DAY, false),
    /** {@link RejectionCode}. */
    REJECTION_CODE("rejectionCode", "rejection_code", Type.TEXT, false),
    CONTRACT_NUMBER("contractNumber", "contract_number", Type.TEXT, false),
    CONTRACT_DATE("contractDate", "contract_date", Type.DAY, false),
    CONTRACT_SUM("contractSum", "contract_sum", Type.MONEY, false),
    RATE("rate", "rate", Type.RATE, false),
    TERM_MONTHS("termMonths", "term_months", Type.NUMBER, false),
    END_DATE("endDate", "end_date", Type.DAY, false),
    CONTRACT_HEADCOUNT("contractHeadcount", "contract_headcount", Type.NUMBER, true),
    ISSUES("issues", "issues", Type.ISSUES, false),
    BALANCES("balances", "balances", Type.BALANCES, false);

    /** How a value is held, and written. */
    public enum Type {
        TEXT, DAY, MOMENT, MONEY, RATE, NUMBER, ISSUES, BALANCES
    }

    private final String json;
    private final String column;
    private final Type type;
    private final boolean fixedWithContract;

    LoanField(String json, String column, Type type, boolean fixedWithContract) {
        this.json = json;
        this.column = column;
        this.type = type;
        this.fixedWithContract = fixedWithContract;
    }

    /** Its name in JSON, in refusals, and as a column's code in files. */
    public String json() {
        return json;
    }

    /** Of {@code loans.loan}. */
    public String column() {
        return column;
    }

    public Type type() {
        return type;
    }

    /** Whether a contract locks it (LOAN-75). */
    public boolean fixedWithContract() {
        return fixedWithContract;
    }

    public static Optional<LoanField> named(String json) {
        return Stream.of(values()).filter(field -> field.json.equals(json)).findFirst();
    }
}
