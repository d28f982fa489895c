package org.kopuro.loans.headcount;

import java.util.UUID;

/**
 * A loan whose borrower is to keep its jobs.
 *
 * @param fixed       headcount in the contract
 * @param keepPercent of it
 */
public record JobsWatched(UUID loan, String inn, int fixed, int keepPercent) {
}
