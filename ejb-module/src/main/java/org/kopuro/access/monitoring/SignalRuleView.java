package org.kopuro.access.monitoring;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.kopuro.access.duties.IncidentSeverity;

/**
 * A version of a rule for signals.
 *
 * @param setAt when an official set it, as {@code reason} says why; both empty where it came with a release
 */
public record SignalRuleView(UUID id, String code, int version, SignalKind kind, Instant effectiveFrom, boolean enabled, IncidentSeverity severity, int windowMinutes, int atLeast,
        Optional<Integer> step, Optional<Integer> percent, Optional<Integer> fromHour, Optional<Integer> toHour, Optional<Integer> withinDays, Optional<Instant> setAt, Optional<String> reason) {
}
