package org.kopuro.participants;

import java.util.Objects;
import java.util.UUID;
import org.kopuro.kernel.Id;

/** Identifies a subsystem inside Kopuro, for ever. */
public record SubsystemId(UUID value) implements Id {
    public SubsystemId {
        Objects.requireNonNull(value);
    }
}
