package org.kopuro.access;

import java.time.LocalDate;
import java.util.Optional;

/** PENDING before its first day, ACTIVE, then EXPIRED after its last day; or REVOKED, for good, from PENDING or ACTIVE. */
public enum AccessRightState {
    PENDING, ACTIVE, EXPIRED, REVOKED;

    static AccessRightState of(LocalDate validFrom, LocalDate validTo, boolean revoked, LocalDate day) {
        if (revoked) {
            return REVOKED;
        }
        if (day.isBefore(validFrom)) {
            return PENDING;
        }
        return validTo != null && day.isAfter(validTo) ? EXPIRED : ACTIVE;
    }

    /** The state after {@code event}, or empty when this state does not allow it. */
    public Optional<AccessRightState> on(AccessRightEvent event) {
        return switch (event) {
            case REVOKE -> this == PENDING || this == ACTIVE ? Optional.of(REVOKED) : Optional.empty();
        };
    }
}
