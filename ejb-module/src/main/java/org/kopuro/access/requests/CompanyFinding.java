package org.kopuro.access.requests;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.kopuro.companies.CompanySource;

/**
 * What the register of companies said of an applicant (ACC-5).
 *
 * @param source which register was asked
 * @param check  the check's, by which the ledger knows it
 * @param reason why none was asked, or none answered: a code
 */
public record CompanyFinding(Outcome outcome, Optional<CompanySource> source, Optional<UUID> check, Optional<String> reason, Instant at) {

    /** What was found. */
    public enum Outcome {
        ACTIVE, ENDED, NOT_FOUND,
        /** Nothing is known of it: neither that it is registered nor that it is not. */
        NOT_ASKED
    }
}
