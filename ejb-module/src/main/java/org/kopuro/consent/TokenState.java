package org.kopuro.consent;

import java.time.Instant;
import java.util.Optional;

/**
 * The life of a token (CON-70): ACTIVE and FROZEN may change, REVOKED, EXPIRED and EXHAUSTED are for ever.
 * This is the one table of CON-T02 to CON-T13; a pair that it does not name is refused and changes nothing. The database holds the same table, and holds to it.
 */
public enum TokenState {
    ACTIVE, FROZEN, REVOKED, EXPIRED, EXHAUSTED;

    /** The state after {@code event}, or empty when this state does not allow it. */
    public Optional<TokenState> on(TokenEvent event) {
        return Optional.ofNullable(switch (event) {
            case ISSUE -> null;
            case PRESENT -> this == ACTIVE ? ACTIVE : null;
            case USE_LAST_UNIT -> this == ACTIVE ? EXHAUSTED : null;
            case FREEZE -> this == ACTIVE ? FROZEN : null;
            case CONFIRM_AS_OWN -> isTerminal() ? null : this;
            case UNFREEZE -> this == FROZEN ? ACTIVE : null;
            case REACH_EXPIRY -> isTerminal() ? null : EXPIRED;
            case DEACTIVATE, GIVE_UP, DISCONNECT_PARTICIPANT, END_MANDATE, END_BY_AUTHORITY, END_SUBJECT, REPLACE ->
                isTerminal() ? null : REVOKED;
        });
    }

    /** What the stored state means at {@code now}: whoever is ACTIVE or FROZEN is EXPIRED from the expiry on, and EXHAUSTED with nothing left of the budget. */
    TokenState at(Instant expiresAt, Optional<Integer> left, Instant now) {
        if (isTerminal()) {
            return this;
        }
        return !now.isBefore(expiresAt) ? EXPIRED : left.filter(calls -> calls == 0).isPresent() ? EXHAUSTED : this;
    }

    public boolean isTerminal() {
        return this == REVOKED || this == EXPIRED || this == EXHAUSTED;
    }
}
