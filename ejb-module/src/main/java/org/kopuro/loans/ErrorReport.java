package org.kopuro.loans;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A bank says that a version of its loan, with a contract of which nothing is issued, was entered in error (LOAN-T09). It waits for the regulator as long as the version is the newest.
 *
 * @param declined that the regulator leaves the loan as it is; the bank may report a later version
 */
public record ErrorReport(UUID loan, int version, UUID bank, String programme, String reason, Instant at, Optional<Declined> declined) {

    public record Declined(String reason, Instant at) {
    }
}
