package org.kopuro.registers.payroll;

/**
 * What the latest accepted report of an employer says (LOAN-C10).
 *
 * @param employs whether it has at least one worker in its quarter's last month: who had some before has none now, and a maximum of that month would be 0 (LOAN-65)
 */
public record Employment(ReportView report, boolean employs) {
}
