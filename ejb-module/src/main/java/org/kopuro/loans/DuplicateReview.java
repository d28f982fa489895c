package org.kopuro.loans;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * What the regulator found of a pair (LOAN-45).
 *
 * @param id     empty, as are the other loan and the reason, for a bank to whom that does not belong (LOAN-44): by it both sides would find each other in the ledger
 * @param other  the loan on the other side
 */
public record DuplicateReview(Optional<UUID> id, Optional<UUID> other, Outcome outcome, Optional<String> reason, Instant at) {

    static DuplicateReview withoutTheOther(Outcome outcome, Instant at) {
        return new DuplicateReview(Optional.empty(), Optional.empty(), outcome, Optional.empty(), at);
    }

    /** A pair that has none is open. */
    public enum Outcome {
        CONFIRMED,
        DIFFERENT_LOAN
    }
}
