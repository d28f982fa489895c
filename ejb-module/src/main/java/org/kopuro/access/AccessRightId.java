package org.kopuro.access;

import java.util.Objects;
import java.util.UUID;

/** Identifies an access right. */
public record AccessRightId(UUID value) {
    public AccessRightId {
        Objects.requireNonNull(value);
    }
}
