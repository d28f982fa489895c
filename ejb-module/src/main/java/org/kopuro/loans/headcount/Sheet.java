package org.kopuro.loans.headcount;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A calculation sheet (LOAN-85).
 *
 * @param counted   empty where there is no report for the month
 * @param maximum   in kopecks; empty where nothing can be calculated
 * @param report    the report it was read from
 * @param json      canonical (RFC 8785)
 * @param sha256    of the JSON's UTF-8, in hexadecimal
 */
public record Sheet(UUID id, UUID loan, Instant at, Optional<Integer> counted, Optional<Long> maximum, Optional<UUID> report, String json, String sha256) {
}
