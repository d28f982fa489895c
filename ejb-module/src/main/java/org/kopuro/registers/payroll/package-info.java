/**
 * Calculations of insurance contributions (RSV, form KND 1151111) with their section 3: who was accrued what in which month (LOAN-61, 002 §4).
 *
 * <h2>Package specification</h2>
 * A report is of an employer and a quarter, with a correction number, and is never changed; a correction is another report. Workers are kept as keyed hashes of what they are told apart by
 * (LOAN-113): names, SNILS and INN are nowhere in the database. The report with the highest correction that was accepted and loaded by
 * a moment counts at it. The operator loads reports with {@code bin/admin registers load}, which hashes them; the application reads them.
 */
package org.kopuro.registers.payroll;
