package org.kopuro.loans.headcount;

import java.time.YearMonth;
import java.util.UUID;

/**
 * A loan whose borrower has fewer workers than the contract's jobs allow (LOAN-78).
 *
 * @param workers in the latest month, counted as {@link Outlook} counts
 */
public record JobsLost(UUID loan, YearMonth month, int workers, KeptJobs kept) {
}
