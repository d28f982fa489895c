package org.kopuro.loans;

import java.time.Instant;
import java.util.UUID;

/**
 * What the regulator found of a pair (LOAN-45).
 *
 * @param other the loan on the other side
 */
public record DuplicateReview(UUID id, UUID other, Outcome outcome, String reason, Instant at) {

    /** A pair that has none is open. */
    public enum Outcome {
        CONFIRMED,
        DIFFERENT_LOAN
    }
}
