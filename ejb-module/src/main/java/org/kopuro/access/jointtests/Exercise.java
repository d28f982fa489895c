package org.kopuro.access.jointtests;

import java.time.Instant;
import java.util.Optional;
import org.kopuro.participants.SubsystemId;

/**
 * A service that a subsystem may call in TEST, and whether it has.
 *
 * @param answered    calls that were answered, counted up to {@value Exercises#COUNTED_MAX}
 * @param refused     calls that were refused, likewise
 * @param lastRefusal the code of the last one
 */
public record Exercise(SubsystemId subsystem, String service, int answered, int refused, Optional<Instant> lastAnswered, Optional<Instant> lastRefused, Optional<String> lastRefusal) {

    /** A call that is refused exercises a client's refusals, and not the service. */
    public boolean exercised() {
        return lastAnswered.isPresent();
    }
}
