package org.kopuro.access.monitoring;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.kopuro.access.duties.IncidentSeverity;
import org.kopuro.kernel.Input;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Refusal;

/**
 * A rule as it is to be; what it looks for stays.
 *
 * @param after         the version that whoever changes it has read
 * @param effectiveFrom empty for at once
 * @param step          of {@link SignalKind#SEQUENTIAL_IDENTIFIERS} alone
 * @param percent       of {@link SignalKind#REFUSAL_SHARE} and {@link SignalKind#NO_BUSINESS_EVENT} alone
 * @param fromHour      with {@code toHour} of {@link SignalKind#NIGHT_READS} alone
 * @param withinDays    of {@link SignalKind#NO_BUSINESS_EVENT} alone
 */
public record NewSignalRule(String code, int after, Optional<Instant> effectiveFrom, boolean enabled, IncidentSeverity severity, int windowMinutes, int atLeast, Optional<Integer> step,
        Optional<Integer> percent, Optional<Integer> fromHour, Optional<Integer> toHour, Optional<Integer> withinDays, String reason) {

    /** So that windows of every length begin at full hours. */
    private static final Set<Integer> WINDOWS = Set.of(5, 10, 15, 20, 30, 60, 120, 180, 360);

    public NewSignalRule {
        code = Input.text(code, "code", 64);
        reason = Input.text(reason, "reason", 1000);
        require(WINDOWS.contains(windowMinutes), "windowMinutes");
        require(atLeast > 0, "atLeast");
        require(step.filter(value -> value < 1 || value > 1000).isEmpty(), "step");
        require(percent.filter(value -> value < 1 || value > 100).isEmpty(), "percent");
        require(fromHour.filter(value -> value < 0 || value > 23).isEmpty(), "fromHour");
        require(toHour.filter(value -> value < 0 || value > 23 || fromHour.equals(Optional.of(value))).isEmpty(), "toHour");
        require(withinDays.filter(value -> value < 1 || value > 365).isEmpty(), "withinDays");
    }

    /** Each kind has its own numbers, all of them and no others. */
    void requireOf(SignalKind kind) {
        require(step.isPresent() == (kind == SignalKind.SEQUENTIAL_IDENTIFIERS), "step");
        require(percent.isPresent() == (kind == SignalKind.REFUSAL_SHARE || kind == SignalKind.NO_BUSINESS_EVENT), "percent");
        require(fromHour.isPresent() == (kind == SignalKind.NIGHT_READS), "fromHour");
        require(toHour.isPresent() == (kind == SignalKind.NIGHT_READS), "toHour");
        require(withinDays.isPresent() == (kind == SignalKind.NO_BUSINESS_EVENT), "withinDays");
    }

    private static void require(boolean right, String field) {
        if (!right) {
            throw Refusal.of(InputRefusal.FIELD_INVALID, field);
        }
    }
}
