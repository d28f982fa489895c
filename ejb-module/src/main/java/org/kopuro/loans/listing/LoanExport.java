package org.kopuro.loans.listing;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * An export that was begun (LOAN-103): what it is of, and when.
 *
 * @param rules versions of rules under which its loans are
 */
public record LoanExport(UUID id, Instant at, LoanScope scope, LoanFilter filter, Optional<LoanOrder> order, List<RulesUsed> rules, Listing listing, List<String> parts) {

    /** How many loans it holds. */
    public long loans() {
        return rules.stream().mapToLong(RulesUsed::loans).sum();
    }
}
