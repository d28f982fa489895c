package org.kopuro.loans;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * What the regulator found of a pair (LOAN-45).
 *
 * @param other  the loan on the other side; empty, as is the reason, for a bank to whom it does not belong (LOAN-44)
 */
public record DuplicateReview(UUID id, Optional<UUID> other, Outcome outcome, Optional<String> reason, Instant at) {

    DuplicateReview withoutTheOther() {
        return new DuplicateReview(id, Optional.empty(), outcome, Optional.empty(), at);
    }

    /** A pair that has none is open. */
    public enum Outcome {
        CONFIRMED,
        DIFFERENT_LOAN
    }
}
