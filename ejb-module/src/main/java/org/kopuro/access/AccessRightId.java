package org.kopuro.access;

import java.util.Objects;
import java.util.UUID;
import org.kopuro.kernel.Id;

/** Identifies an access right. */
public record AccessRightId(UUID value) implements Id {
    public AccessRightId {
        Objects.requireNonNull(value);
    }
}
