package org.kopuro.access.monitoring;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.kopuro.access.duties.IncidentSeverity;
import org.kopuro.installation.Installation;

/** A version of a rule. */
record SignalRule(String code, int version, SignalKind kind, boolean enabled, IncidentSeverity severity, Duration window, int atLeast, Optional<Integer> step,
        Optional<Integer> percent, Optional<Integer> fromHour, Optional<Integer> toHour, Optional<Integer> withinDays) {

    /** The beginning of the window that a moment lies in. */
    Instant windowOf(Instant moment) {
        long seconds = window.toSeconds();
        return Instant.ofEpochSecond(Math.floorDiv(moment.getEpochSecond(), seconds) * seconds);
    }

    /** How long after a window it is looked at: what should have followed by then. */
    Duration patience() {
        return Duration.ofDays(withinDays.orElse(0));
    }

    /** Whether windows that begin at a moment are looked at. */
    boolean watches(Instant windowStart) {
        return enabled && (fromHour.isEmpty() || isNight(windowStart.atZone(Installation.ZONE).truncatedTo(ChronoUnit.HOURS).getHour()));
    }

    private boolean isNight(int hour) {
        int from = fromHour.orElseThrow();
        int to = toHour.orElseThrow();
        return from < to ? hour >= from && hour < to : hour >= from || hour < to;
    }
}
