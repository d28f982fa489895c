package org.kopuro.participants;

import java.time.Instant;

/** A subsystem as shown to the authority's staff; the empty code is the member itself. */
public record SubsystemView(SubsystemId id, ParticipantId participant, String code, String name, Instant registeredAt) {

    static SubsystemView of(Subsystem subsystem) {
        return new SubsystemView(new SubsystemId(subsystem.id), new ParticipantId(subsystem.participantId), subsystem.code,
                subsystem.name, subsystem.registeredAt);
    }
}
