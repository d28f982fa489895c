/**
 * How many people a borrower employs, what the maximum is that follows, and whether the jobs are kept (LOAN-60 to LOAN-78, LOAN-85, LOAN-86; 002 §4 to §6).
 *
 * <h2>Concepts</h2>
 * A <em>calculation sheet</em> says how a maximum came about, so that anybody can compute it again: the report, the month, the metric, what was counted and what not and why, the formula and its numbers.
 * <em>Monitoring</em> is another metric on later reports; it never changes a sheet.
 *
 * <h2>Package specification</h2>
 * A sheet is canonical JSON, its SHA-256 beside it; both are stored once and never changed. The same inputs give the same bytes.
 */
package org.kopuro.loans.headcount;
