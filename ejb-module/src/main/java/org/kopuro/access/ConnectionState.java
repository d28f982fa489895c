package org.kopuro.access;

import java.util.Optional;

/**
 * The life of a participant in one contour: connected, perhaps suspended and restored, perhaps disconnected. A participant
 * that was disconnected may be connected anew, but nothing it had is revived (ACC-T35).
 */
public enum ConnectionState {
    CONNECTED, SUSPENDED, DISCONNECTED;

    /** The state after {@code event}, or empty when this state does not allow it. */
    public Optional<ConnectionState> on(ConnectionEvent event) {
        return Optional.ofNullable(switch (event) {
            case CONNECT -> this == DISCONNECTED ? CONNECTED : null;
            case SUSPEND -> this == CONNECTED ? SUSPENDED : null;
            case RESTORE -> this == SUSPENDED ? CONNECTED : null;
            case DISCONNECT -> this == DISCONNECTED ? null : DISCONNECTED;
        });
    }
}
