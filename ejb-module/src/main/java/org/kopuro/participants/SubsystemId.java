package org.kopuro.participants;

import java.util.Objects;
import java.util.UUID;

/** Identifies a subsystem inside Kopuro, for ever. */
public record SubsystemId(UUID value) {
    public SubsystemId {
        Objects.requireNonNull(value);
    }
}
