package org.kopuro.participants;

import java.util.Objects;
import java.util.UUID;
import org.kopuro.kernel.Id;

/** Identifies a participant inside Kopuro, for ever. */
public record ParticipantId(UUID value) implements Id {
    public ParticipantId {
        Objects.requireNonNull(value);
    }
}
