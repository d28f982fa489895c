package org.kopuro.loans.checks;

import java.util.UUID;

/** A result, and the loan that it is kept with. */
public record Kept(UUID loan, CheckResult result) {
}
