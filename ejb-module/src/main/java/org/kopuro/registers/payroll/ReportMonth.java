package org.kopuro.registers.payroll;

import java.time.YearMonth;
import java.util.UUID;

/** A month in a certain report. */
public record ReportMonth(UUID report, YearMonth month) {
}
