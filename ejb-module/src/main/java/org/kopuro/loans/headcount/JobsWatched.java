package org.kopuro.loans.headcount;

import java.util.Optional;
import java.util.UUID;

/**
 * A loan whose borrower is to keep its jobs.
 *
 * @param fixed       headcount in the contract
 * @param keepPercent of it
 * @param sheet       by which its maximum was calculated
 */
public record JobsWatched(UUID loan, String inn, int fixed, int keepPercent, Optional<UUID> sheet) {
}
