package org.kopuro.loans.checks;

import java.time.Instant;
import java.util.UUID;
import org.kopuro.loans.programmes.RuleSet;

/**
 * A check that is wanted.
 *
 * @param loan that it is for, which may not be stored yet
 */
public record CheckWish(UUID loan, String inn, RuleSet rules, Instant appliedAt) {
}
