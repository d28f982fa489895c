package org.kopuro.access.monitoring;

import java.util.Optional;

/** The four numbers of a threshold; empty is no limit, or in a subsystem's threshold the default. */
public record Ceilings(Optional<Integer> callsPerSecond, Optional<Integer> callsPerHour, Optional<Integer> callsPerDay, Optional<Integer> taxpayersPerDay) {

    public static final Ceilings NONE = new Ceilings(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    Ceilings orElse(Ceilings other) {
        return new Ceilings(callsPerSecond.or(other::callsPerSecond), callsPerHour.or(other::callsPerHour), callsPerDay.or(other::callsPerDay),
                taxpayersPerDay.or(other::taxpayersPerDay));
    }

    boolean ofAWindow() {
        return callsPerHour.isPresent() || callsPerDay.isPresent();
    }
}
