package org.kopuro.access.catalogue;

import java.time.Instant;
import java.util.Optional;

/**
 * An attempt to compare this catalogue with the exchange's.
 *
 * @param detail    of what went wrong, as far as it may be told
 * @param published how many services of ours the exchange listed, where it could be read
 * @param opened    tasks
 * @param closed    tasks
 */
public record ComparisonView(ComparisonId id, long number, Instant askedAt, ComparisonOutcome outcome, Optional<String> detail, Optional<Integer> published, int opened, int closed) {
}
