package org.kopuro.loans.listing;

import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a list shows of a loan, and can be sorted by. Names are those of {@link org.kopuro.loans.LoanField} where a bank states it.
 *
 * <p>What the registers had of the borrower when it was checked stands in the card's {@code borrower} and is read out of it (decision 0046): nothing is kept twice, and a card of years ago has it as well. Its days
 * are texts there, and sorted as such, which is the same order; nothing that a register of TEST says for a day stops a list. Files have none of it.
 */
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
    /** Whoever stands at a company's head. */
    HEAD("head", "head", Type.TEXT, "l.borrower ->> 'head'"),
    /** Besides the main one. */
    OKVED_ADDITIONAL("okvedAdditional", "okved_additional", Type.TEXTS, "nullif(translate(l.borrower ->> 'okved', '[]\"', ''), '')"),
    KPP("kpp", "kpp", Type.TEXT, "l.borrower ->> 'kpp'"),
    /** OGRN or OGRNIP. */
    OGRN("ogrn", "ogrn", Type.TEXT, "l.borrower ->> 'ogrn'"),
    LEGAL_FORM("legalForm", "legal_form", Type.TEXT, "l.borrower ->> 'legalForm'"),
    REGISTERED_ON("registeredOn", "registered_on", Type.TEXT, "l.borrower ->> 'registeredOn'"),
    LIQUIDATED_ON("liquidatedOn", "liquidated_on", Type.TEXT, "l.borrower ->> 'liquidatedOn'"),
    BANKRUPTCY_ON("bankruptcyOn", "bankruptcy_on", Type.TEXT, "l.borrower ->> 'bankruptcyOn'"),
    /** Who is on no register of small and medium enterprises is large (LOAN-C08). */
    SME_SIZE("smeSize", "sme_size", Type.TEXT, "case when l.borrower is not null then coalesce(l.borrower -> 'sme' ->> 'size', 'LARGE') end"),
    SME_INCLUDED_ON("smeIncludedOn", "sme_included_on", Type.TEXT, "l.borrower -> 'sme' ->> 'includedOn'"),
    CONTRACT_696("contract696", "contract_696", Type.TEXT, "l.borrower ->> 'contract696'"),
    /** Numbers of the decrees on whose registers it is; none where it is on none. */
    NGO_REGISTERS("ngoRegisters", "ngo_registers", Type.TEXTS, "nullif(translate(l.borrower ->> 'ngoRegisters', '[]\"', ''), '')"),
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

    /**
     * How a value is held: a {@code String}, several as one with {@value LoanColumn#BETWEEN} between them, {@code LocalDate}, {@code Instant}, {@code Long} of kopecks, {@code BigDecimal} of per cent,
     * {@code Integer}, {@code Boolean}, {@code UUID}.
     */
    public enum Type {
        TEXT("text"), TEXTS("text"), DAY("date"), MOMENT("timestamptz"), MONEY("bigint"), RATE("numeric"), NUMBER("integer"), FLAG("boolean"), ID("uuid");

        private final String sql;

        Type(String sql) {
            this.sql = sql;
        }

        String sql() {
            return sql;
        }
    }

    /** Of several texts in one, as PostgreSQL writes an array of JSON. */
    public static final String BETWEEN = ", ";

    private final String json;
    private final String column;
    private final Type type;
    private final boolean optional;
    private final String value;
    private final boolean ofBorrower;

    LoanColumn(String json, String column, Type type, boolean optional) {
        this(json, column, type, optional, "l." + column, false);
    }

    /** Of the borrower as the registers had it, which a loan need not have. */
    LoanColumn(String json, String column, Type type, String value) {
        this(json, column, type, true, value, true);
    }

    LoanColumn(String json, String column, Type type, boolean optional, String value, boolean ofBorrower) {
        this.json = json;
        this.column = column;
        this.type = type;
        this.optional = optional;
        this.value = value;
        this.ofBorrower = ofBorrower;
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

    /** Whether files have it: what the registers had of the borrower they have not, since each cell costs a million rows' time and a card tells it. */
    public boolean inFiles() {
        return !ofBorrower;
    }

    /** What it is called in an answer of the database. */
    String column() {
        return column;
    }

    /** Of a loan called {@code l}. */
    String value() {
        return value;
    }

    /** Whether an index has a programme's loans in this order; all others are sorted out of what an index holds beside its order. */
    boolean indexed() {
        return this == APPLIED_AT || this == CHANGED_AT;
    }

    /** As it is sorted by, of a loan called {@code l}. */
    String expression() {
        return type == Type.TEXT || type == Type.TEXTS ? "(" + value + ") collate \"C\"" : value;
    }

    public static Optional<LoanColumn> named(String json) {
        return Stream.of(values()).filter(column -> column.json.equals(json)).findFirst();
    }
}
