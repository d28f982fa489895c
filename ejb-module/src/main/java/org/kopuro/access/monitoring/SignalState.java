package org.kopuro.access.monitoring;

import java.util.Optional;

/** The life of a signal. The database holds the same table, and holds to it. */
public enum SignalState {
    RAISED, TAKEN_UP, DISMISSED;

    /** The state after {@code event}, or empty when this state does not allow it. */
    public Optional<SignalState> on(SignalEvent event) {
        return Optional.ofNullable(this != RAISED ? null : switch (event) {
            case RAISE -> null;
            case PROPOSE -> TAKEN_UP;
            case DISMISS -> DISMISSED;
        });
    }
}
