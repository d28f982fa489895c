package org.kopuro.access.monitoring;

import java.time.Instant;
import java.util.Optional;
import org.kopuro.participants.ParticipantId;
import org.kopuro.participants.SubsystemId;

/**
 * What a subsystem's calls of a service with one outcome came to in one hour.
 *
 * @param number        for reading on
 * @param service       empty for what the catalogue does not know
 * @param outcome       DISCLOSED, or the code of the refusal
 * @param latencyMillis of all calls together
 * @param within100     calls answered within 100 ms; the next ones likewise, each with those before it
 */
public record UseView(long number, Instant hour, ParticipantId participant, SubsystemId subsystem, Optional<String> service, String outcome, long calls,
        long latencyMillis, int latencyMillisMax, long within100, long within300, long within1000, long within3000, long octetsIn, long octetsOut) {
}
