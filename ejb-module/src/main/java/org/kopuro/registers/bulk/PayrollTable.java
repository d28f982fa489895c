package org.kopuro.registers.bulk;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What can be loaded about insurance contributions (LOAN-61, LOAN-71), with the columns of its file in their order. */
public enum PayrollTable {
    PAYROLL_REPORT("inn", "year", "quarter", "correction", "filed_at", "accepted_at", "records", "month", "full_name", "snils", "worker_inn", "category", "contract"),
    PAYROLL_ACCEPTED("inn", "year", "quarter", "correction", "filed_at", "accepted_at"),
    PFR_INSURED("inn", "month", "insured_persons");

    private final List<String> columns;

    PayrollTable(String... columns) {
        this.columns = List.of(columns);
    }

    /** The header line of the file, name by name. */
    public List<String> columns() {
        return columns;
    }

    /** As on the command line: {@code payroll_report}. */
    public String tableName() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<PayrollTable> named(String tableName) {
        for (PayrollTable table : values()) {
            if (table.tableName().equals(tableName)) {
                return Optional.of(table);
            }
        }
        return Optional.empty();
    }
}
