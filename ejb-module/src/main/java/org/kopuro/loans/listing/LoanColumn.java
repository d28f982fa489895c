package org.kopuro.loans.listing;

import java.util.Optional;
import java.util.stream.Stream;

/** What a list shows of a loan, and can be sorted by. Names are those of {@link org.kopuro.loans.LoanField} where a bank states it. */
public enum LoanColumn {
    APPLICATION_NUMBER("applicationNumber", "application_number", Type.TEXT, false),
    PROGRAMME("programme", "programme", Type.TEXT, false),
    INN("inn", "inn", Type.TEXT, false),
    BORROWER_KIND("borrowerKind", "borrower_kind", Type.TEXT, false),
    APPLIED_AT("appliedAt", "applied_at", Type.MOMENT, false),
    REQUESTED("requested", "requested", Type.MONEY, false),
    APPROVED("approved", "approved", Type.MONEY, true),
    DECIDED_ON("decidedOn", "decided_on", Type.DAY, true),
    REJECTION_CODE("rejectionCode", "rejection_code", Type.TEXT, true),
    CONTRACT_NUMBER("contractNumber", "contract_number", Type.TEXT, true),
    CONTRACT_DATE("contractDate", "contract_date", Type.DAY, true),
    CONTRACT_SUM("contractSum", "contract_sum", Type.MONEY, true),
    RATE("rate", "rate", Type.RATE, true),
    TERM_MONTHS("termMonths", "term_months", Type.NUMBER, true),
    END_DATE("endDate", "end_date", Type.DAY, true),
    CONTRACT_HEADCOUNT("contractHeadcount", "contract_headcount", Type.NUMBER, true),
    ID("id", "id", Type.ID, false),
    STAGE("stage", "stage", Type.NUMBER, false),
    STATUS("status", "status", Type.TEXT, false),
    STATUS_AT("statusAt", "status_at", Type.MOMENT, false),
    BANK("bank", "bank_id", Type.ID, false),
    BORROWER_NAME("borrowerName", "borrower_name", Type.TEXT, true),
    REGION("region", "region", Type.TEXT, true),
    OKVED("okved", "okved", Type.TEXT, true),
    ISSUED("issued", "issued", Type.MONEY, false),
    LAST_BALANCE("lastBalance", "last_balance", Type.MONEY, true),
    VERDICT("verdict", "verdict", Type.TEXT, false),
    RULE_SET_VERSION("ruleSetVersion", "rule_set_version", Type.NUMBER, false),
    HEADCOUNT("headcount", "headcount", Type.NUMBER, true),
    MAXIMUM("maximum", "maximum", Type.MONEY, true),
    OVER_MAXIMUM("overMaximum", "over_maximum", Type.FLAG, false),
    HEADCOUNT_DIFFERS("headcountDiffers", "headcount_differs", Type.FLAG, false),
    OUTSIDE_STAGE("outsideStage", "outside_stage", Type.FLAG, false),
    /** Of what is active now by its borrower and programme; no column, but what the other loans are. */
    DUPLICATE("duplicate", "duplicate", Type.FLAG, false),
    SOURCE("source", "source", Type.TEXT, false),
    IMPORT("import", "import_id", Type.ID, true),
    CREATED_AT("createdAt", "created_at", Type.MOMENT, false),
    CHANGED_AT("changedAt", "changed_at", Type.MOMENT, false),
    VERSION("version", "version", Type.NUMBER, false);

    /** How a value is held: a {@code String}, {@code LocalDate}, {@code Instant}, {@code Long} of kopecks, {@code BigDecimal} of per cent, {@code Integer}, {@code Boolean}, {@code UUID}. */
    public enum Type {
        TEXT("text"), DAY("date"), MOMENT("timestamptz"), MONEY("bigint"), RATE("numeric"), NUMBER("integer"), FLAG("boolean"), ID("uuid");

        private final String sql;

        Type(String sql) {
            this.sql = sql;
        }

        String sql() {
            return sql;
        }
    }

    private final String json;
    private final String column;
    private final Type type;
    private final boolean optional;

    LoanColumn(String json, String column, Type type, boolean optional) {
        this.json = json;
        this.column = column;
        this.type = type;
        this.optional = optional;
    }

    public String json() {
        return json;
    }

    public Type type() {
        return type;
    }

    /** Whether a loan may have none. */
    public boolean optional() {
        return optional;
    }

    /** Of {@code loans.loan}. */
    String column() {
        return column;
    }

    /** Whether an index has a programme's loans in this order; all others are sorted out of what an index holds beside its order. */
    boolean indexed() {
        return this == APPLIED_AT || this == CHANGED_AT;
    }

    /** As it is sorted by, of a loan called {@code l}. */
    String expression() {
        return "l." + column + (type == Type.TEXT ? " collate \"C\"" : "");
    }

    public static Optional<LoanColumn> named(String json) {
        return Stream.of(values()).filter(column -> column.json.equals(json)).findFirst();
    }
}
