package org.kopuro.access.monitoring;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.kopuro.access.duties.IncidentSeverity;

/** Every pair of state and event of a signal; and which windows a rule looks at. */
class SignalStatesTest {

    @ParameterizedTest
    @CsvSource({"RAISED, RAISE,", "RAISED, PROPOSE, TAKEN_UP", "RAISED, DISMISS, DISMISSED", "TAKEN_UP, RAISE,", "TAKEN_UP, PROPOSE,", "TAKEN_UP, DISMISS,", "DISMISSED, RAISE,",
        "DISMISSED, PROPOSE,", "DISMISSED, DISMISS,"})
    void aSignalFollowsTheTable(SignalState from, SignalEvent event, SignalState to) {
        assertEquals(Optional.ofNullable(to), from.on(event));
    }

    @ParameterizedTest(name = "{0} to {1}, window of {2}: {3}")
    @CsvSource({"22, 6, 15:59:59, false", "22, 6, 16:00:00, true", "22, 6, 18:00:00, true", "22, 6, 23:59:59, true", "22, 6, 00:00:00, false", "0, 5, 17:59:59, false",
        "0, 5, 18:00:00, true", "0, 5, 23:00:00, false"})
    void nightIsInBishkek(int from, int to, String utc, boolean watched) {
        assertEquals(watched, rule(60, Optional.of(from), Optional.of(to)).watches(Instant.parse("2026-03-02T" + utc + "Z")));
    }

    @ParameterizedTest
    @CsvSource({"60, 10:59:59, 10:00:00", "60, 11:00:00, 11:00:00", "5, 10:59:59, 10:55:00", "360, 17:59:59, 12:00:00", "360, 18:00:00, 18:00:00"})
    void windowsAreAligned(int minutes, String at, String start) {
        assertEquals(Instant.parse("2026-03-02T" + start + "Z"), rule(minutes, Optional.empty(), Optional.empty()).windowOf(Instant.parse("2026-03-02T" + at + "Z")));
    }

    private static SignalRule rule(int minutes, Optional<Integer> from, Optional<Integer> to) {
        return new SignalRule("RULE", 1, SignalKind.NIGHT_READS, true, IncidentSeverity.LOW, Duration.ofMinutes(minutes), 1, Optional.empty(), Optional.empty(), from, to, Optional.empty());
    }
}
