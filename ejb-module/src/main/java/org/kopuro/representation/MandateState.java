package org.kopuro.representation;

import java.time.Instant;
import java.util.Optional;

/** The life of a mandate: all but IN_FORCE are for ever. This is the one table; a pair that it does not name is refused and changes nothing. The database holds the same table, and holds to it. */
public enum MandateState {
    IN_FORCE, REVOKED, RESIGNED, EXPIRED, LAPSED;

    /** The state after {@code event}, or empty when this state does not allow it. */
    public Optional<MandateState> on(MandateEvent event) {
        if (this != IN_FORCE) {
            return Optional.empty();
        }
        return Optional.ofNullable(switch (event) {
            case GRANT -> null;
            case REVOKE -> REVOKED;
            case RESIGN -> RESIGNED;
            case REACH_EXPIRY -> EXPIRED;
            case END_PARENT, END_PARTY -> LAPSED;
        });
    }

    /** What the stored state means at {@code now}: whatever is IN_FORCE is EXPIRED from the expiry on. */
    MandateState at(Instant expiresAt, Instant now) {
        return this == IN_FORCE && !now.isBefore(expiresAt) ? EXPIRED : this;
    }
}
