package org.kopuro.participants;

import java.util.Objects;
import java.util.UUID;

/** Identifies a participant inside Kopuro, for ever. */
public record ParticipantId(UUID value) {
    public ParticipantId {
        Objects.requireNonNull(value);
    }
}
