package org.kopuro.consent.retention;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/**
 * What a round erased.
 *
 * @param counts how many rows, by what they are
 */
public record Erased(UUID id, Instant at, Map<String, Integer> counts) {

    public int rows() {
        return counts.values().stream().mapToInt(Integer::intValue).sum();
    }
}
