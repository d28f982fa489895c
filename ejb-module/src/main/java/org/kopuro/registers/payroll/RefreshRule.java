package org.kopuro.registers.payroll;

/**
 * Until which day reports are to be shown (LOAN-71).
 *
 * @param cutoff what is accepted until this day of a month is shown until {@code day} of it, later ones of the next month
 */
public record RefreshRule(int cutoff, int day) {
}
