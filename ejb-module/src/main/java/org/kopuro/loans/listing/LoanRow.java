package org.kopuro.loans.listing;

import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** A loan in a list: what its columns hold, of each the column's type. */
public final class LoanRow {

    private final Object[] values;
    private final String bankName;
    private final String issues;
    private final String balances;

    /**
     * @param values   by the columns' order
     * @param issues   as JSON, and balances; empty text where a list was not asked for them
     */
    LoanRow(Object[] values, String bankName, String issues, String balances) {
        this.values = values;
        this.bankName = bankName;
        this.issues = issues;
        this.balances = balances;
    }

    public Optional<Object> value(LoanColumn column) {
        return Optional.ofNullable(values[column.ordinal()]);
    }

    /** Of a column that every loan has. */
    public <T> T get(LoanColumn column, Class<T> type) {
        return type.cast(values[column.ordinal()]);
    }

    public UUID id() {
        return get(LoanColumn.ID, UUID.class);
    }

    public String bankName() {
        return bankName;
    }

    /** Days and sums issued, for a file: {@code 2021-12-01=100.00; 2022-01-15=50.00}. */
    public String issues() {
        return issues;
    }

    /** Months and average balances, for a file: {@code 2021-12=100.00; 2022-01=50.00}. */
    public String balances() {
        return balances;
    }

    Map<String, Optional<Object>> shown() {
        Map<String, Optional<Object>> shown = new java.util.LinkedHashMap<>();
        for (LoanColumn column : LoanColumn.values()) {
            shown.put(column.json(), value(column));
        }
        return shown;
    }

    @Override
    public String toString() {
        return shown().toString();
    }
}
