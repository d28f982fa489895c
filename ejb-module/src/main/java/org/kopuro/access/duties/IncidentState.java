package org.kopuro.access.duties;

import java.util.Optional;

/** The life of an incident. The database holds the same table, and holds to it. */
public enum IncidentState {
    OPEN, CLOSED;

    /** The state after {@code event}, or empty when this state does not allow it. */
    public Optional<IncidentState> on(IncidentEvent event) {
        return Optional.ofNullable(switch (event) {
            case OPEN -> null;
            case MEASURE -> this == OPEN ? OPEN : null;
            case CLOSE -> this == OPEN ? CLOSED : null;
        });
    }
}
