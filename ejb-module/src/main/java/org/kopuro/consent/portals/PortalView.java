package org.kopuro.consent.portals;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.kopuro.participants.ParticipantId;
import org.kopuro.participants.SubsystemId;

/**
 * A naming.
 *
 * @param reason    why it was named
 * @param endReason why that ended
 */
public record PortalView(UUID id, ParticipantId participant, String participantName, SubsystemId subsystem, String subsystemCode, String reason, Instant namedAt, Optional<Instant> endedAt,
        Optional<String> endReason) {
}
