package org.kopuro.loans;

import java.time.YearMonth;
import java.util.Optional;

/**
 * Another active loan with the same key, as far as the viewer may know of it (LOAN-44).
 *
 * @param month of its application
 * @param loan  empty for a bank to whom it does not belong
 * @param review the newest of the pair; a pair without one is open
 */
public record Twin(YearMonth month, Optional<Loan> loan, Optional<DuplicateReview> review) {
}
