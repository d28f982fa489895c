package org.kopuro.registers.payroll;

import java.time.YearMonth;

/** A month of an employer that a number is wanted of. */
public record MonthAsked(String inn, YearMonth month) {
}
