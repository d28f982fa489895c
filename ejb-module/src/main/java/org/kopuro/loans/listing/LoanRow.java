package org.kopuro.loans.listing;

import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.kopuro.loans.LoanJson;

/** A loan in a list: what its columns hold, of each the column's type. */
public final class LoanRow {

    private final Object[] values;
    private final String bankName;
    private final String issues;
    private final String balances;

    /**
     * @param values   by the columns' order; none of what was not asked for
     * @param issues   as the database writes them, and balances; none where a list was not asked for them
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
        return dated(issues, "{\"on\": \"", "\", \"sum\": ", "}", true);
    }

    /** Months and average balances, for a file: {@code 2021-12=100.00; 2022-01=50.00}. */
    public String balances() {
        return dated(balances, "{\"sum\": ", ", \"month\": \"", "\"}", false);
    }

    /**
     * In the one spelling that PostgreSQL has for jsonb, shorter names first. A parser of JSON, twice for every loan, would take longer than the database needs for the row.
     *
     * @param begins   what stands before an object's first value
     * @param between  its values
     * @param ends     and behind them
     * @param dayFirst whether the day is the first one, or the sum
     */
    private static String dated(String json, String begins, String between, String ends, boolean dayFirst) {
        StringBuilder text = new StringBuilder();
        int last = json.length() - 1;
        for (int at = 1; at < last; ) {
            int first = at + begins.length();
            int middle = json.indexOf(between, first);
            int second = middle + between.length();
            int end = json.indexOf(ends, second);
            if (!json.startsWith(begins, at) || middle < 0 || end < 0) {
                throw new IllegalStateException("No dated sums of ours.");
            }
            text.append(at == 1 ? "" : "; ").append(json, dayFirst ? first : second, dayFirst ? middle : end).append('=')
                    .append(LoanJson.roubles(Long.parseLong(json, dayFirst ? second : first, dayFirst ? end : middle, 10)));
            at = end + ends.length() + ", ".length();
        }
        return text.toString();
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
