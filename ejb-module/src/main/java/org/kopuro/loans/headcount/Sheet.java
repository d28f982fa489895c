package org.kopuro.loans.headcount;

import java.time.Instant;
import java.time.YearMonth;
import java.util.Optional;
import java.util.UUID;
import org.kopuro.loans.programmes.RuleSet.Metric;

/**
 * A calculation sheet (LOAN-85).
 *
 * @param inn       the employer's; not in the JSON, which may be shown to anybody who sees the loan's numbers
 * @param month     whose headcount counts
 * @param counted   empty where there is no report for the month
 * @param maximum   in kopecks; empty where nothing can be calculated
 * @param report    what it was read from: a payroll report, by {@link Metric#PFR_INSURED} the pension fund's number
 * @param json      canonical (RFC 8785); docs/protocols/loan-sheets.md
 * @param sha256    of the JSON's UTF-8, in hexadecimal
 */
public record Sheet(UUID id, UUID loan, Instant at, String inn, YearMonth month, Metric metric, Optional<Integer> counted, Optional<Long> maximum, Optional<UUID> report, String json,
        String sha256) {
}
