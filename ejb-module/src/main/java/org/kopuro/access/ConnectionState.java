package org.kopuro.access;

import java.util.Optional;
import org.kopuro.kernel.Refusal;

/**
 * The life of a connection. What is announced stops no call before its day (ACC-66). DISCONNECTED is its end: whoever is connected anew has another
 * connection, and nothing is revived (ACC-T35). The database holds the same table, and holds to it.
 */
public enum ConnectionState {
    CONNECTED, SUSPENSION_ANNOUNCED, TERMINATION_ANNOUNCED, SUSPENDED, SUSPENDED_TERMINATION_ANNOUNCED, DISCONNECTED;

    public boolean passesCalls() {
        return refusal().isEmpty();
    }

    /** What a call on it is refused with; empty where it passes. */
    public Optional<AccessRefusal> refusal() {
        return switch (this) {
            case CONNECTED, SUSPENSION_ANNOUNCED, TERMINATION_ANNOUNCED -> Optional.empty();
            case SUSPENDED, SUSPENDED_TERMINATION_ANNOUNCED -> Optional.of(AccessRefusal.PARTICIPANT_SUSPENDED);
            case DISCONNECTED -> Optional.of(AccessRefusal.PARTICIPANT_DISCONNECTED);
        };
    }

    /** Refuses where it passes no calls. */
    public void requirePassing(String field) {
        refusal().ifPresent(code -> {
            throw Refusal.of(code, field);
        });
    }

    /** The state after {@code event}, or empty when this state does not allow it. */
    public Optional<ConnectionState> on(ConnectionEvent event) {
        return Optional.ofNullable(switch (event) {
            case CONNECT -> null;
            case ANNOUNCE_SUSPENSION -> this == CONNECTED ? SUSPENSION_ANNOUNCED : null;
            case WITHDRAW_SUSPENSION -> this == SUSPENSION_ANNOUNCED ? CONNECTED : null;
            case SUSPENSION_DUE -> this == SUSPENSION_ANNOUNCED ? SUSPENDED : null;
            case SUSPEND, AGREEMENT_EXPIRED -> switch (this) {
                case CONNECTED, SUSPENSION_ANNOUNCED -> SUSPENDED;
                case TERMINATION_ANNOUNCED -> SUSPENDED_TERMINATION_ANNOUNCED;
                default -> null;
            };
            case RESTORE -> switch (this) {
                case SUSPENDED -> CONNECTED;
                case SUSPENDED_TERMINATION_ANNOUNCED -> TERMINATION_ANNOUNCED;
                default -> null;
            };
            case AGREEMENT_RENEWED -> this == SUSPENDED ? CONNECTED : null;
            case AGREEMENT_NOT_RENEWED -> this == SUSPENDED || this == SUSPENDED_TERMINATION_ANNOUNCED ? DISCONNECTED : null;
            case ANNOUNCE_TERMINATION -> switch (this) {
                case CONNECTED -> TERMINATION_ANNOUNCED;
                case SUSPENDED -> SUSPENDED_TERMINATION_ANNOUNCED;
                default -> null;
            };
            case WITHDRAW_TERMINATION -> switch (this) {
                case TERMINATION_ANNOUNCED -> CONNECTED;
                case SUSPENDED_TERMINATION_ANNOUNCED -> SUSPENDED;
                default -> null;
            };
            case TERMINATION_DUE -> this == TERMINATION_ANNOUNCED || this == SUSPENDED_TERMINATION_ANNOUNCED ? DISCONNECTED : null;
            case DATE_MOVED -> this == SUSPENSION_ANNOUNCED || this == TERMINATION_ANNOUNCED || this == SUSPENDED_TERMINATION_ANNOUNCED ? this : null;
            case DISCONNECT, FORCE_DISCONNECTION, LIQUIDATE -> this == DISCONNECTED ? null : DISCONNECTED;
        });
    }
}
