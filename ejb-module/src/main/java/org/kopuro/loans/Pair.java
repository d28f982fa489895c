package org.kopuro.loans;

import java.util.Optional;

/**
 * Two active loans with one key (LOAN-41), as an official sees them.
 *
 * @param review the newest under that key; empty while nobody has looked
 */
public record Pair(Loan first, Loan second, Optional<DuplicateReview> review) {

    /** LOAN-45. */
    public enum State {
        OPEN, CONFIRMED, DIFFERENT_LOAN
    }
}
