package org.kopuro.loans;

import java.time.YearMonth;
import java.util.Optional;

/**
 * Another loan with the same key, as far as the viewer may know of it (LOAN-44).
 *
 * @param month   of its application; of several of other banks the newest
 * @param loan    empty for a bank to whom it does not belong: however many those are, they are one
 * @param counted not, where it was rejected: it is shown, and neither blocks nor flags (LOAN-40)
 * @param review  the newest of the pair; a pair without one is open
 */
public record Twin(YearMonth month, Optional<Loan> loan, boolean counted, Optional<DuplicateReview> review) {
}
