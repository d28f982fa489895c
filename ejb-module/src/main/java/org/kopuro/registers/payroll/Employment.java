package org.kopuro.registers.payroll;

/**
 * What the latest accepted report of an employer says (LOAN-C10).
 *
 * @param employs whether it has at least one worker
 */
public record Employment(ReportView report, boolean employs) {
}
