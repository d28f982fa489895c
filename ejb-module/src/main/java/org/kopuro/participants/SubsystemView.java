package org.kopuro.participants;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A subsystem as shown to the authority's staff; the empty code is the member itself.
 *
 * @param registeredBy   empty for the system, and where nobody recorded it yet
 * @param registeredRole the role in which it was done; {@code NOT_RECORDED} of those from before this was kept
 */
public record SubsystemView(SubsystemId id, ParticipantId participant, String code, String name, Instant registeredAt, Optional<UUID> registeredBy, String registeredRole) {

    static SubsystemView of(Subsystem subsystem) {
        return new SubsystemView(new SubsystemId(subsystem.id), new ParticipantId(subsystem.participantId), subsystem.code,
                subsystem.name, subsystem.registeredAt, Optional.ofNullable(subsystem.registeredBy).map(UUID::fromString), subsystem.registeredRole);
    }
}
