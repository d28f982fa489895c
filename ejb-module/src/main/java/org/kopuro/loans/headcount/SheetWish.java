package org.kopuro.loans.headcount;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import java.util.UUID;
import org.kopuro.loans.programmes.RuleSet;

/**
 * A sheet that is wanted for a loan.
 *
 * @param inn        the employer's
 * @param contractOn empty before there is a contract
 */
public record SheetWish(UUID loan, String inn, RuleSet rules, Instant appliedAt, Optional<LocalDate> contractOn) {
}
