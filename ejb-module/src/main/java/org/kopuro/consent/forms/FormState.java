package org.kopuro.consent.forms;

import java.time.Instant;
import java.util.Optional;

/**
 * The life of a form consent: REJECTED, WITHDRAWN and EXPIRED are for ever. This is the one table of CON-T21 to CON-T28; a pair that it does not name is refused and changes nothing.
 * The database holds the same table, and holds to it.
 */
public enum FormState {
    RECEIVED, REGISTERED, REJECTED, WITHDRAWN, DISPUTED, EXPIRED;

    /** The state after {@code event}, or empty when this state does not allow it. */
    public Optional<FormState> on(FormEvent event) {
        return Optional.ofNullable(switch (event) {
            case RECEIVE -> null;
            case REGISTER -> this == RECEIVED ? REGISTERED : null;
            case REJECT -> this == RECEIVED ? REJECTED : null;
            case WITHDRAW, REPORT_WITHDRAWAL, DISCONNECT_PARTICIPANT, END_SUBJECT -> this == REGISTERED ? WITHDRAWN : null;
            case REACH_EXPIRY -> this == REGISTERED ? EXPIRED : null;
            case DISPUTE -> this == REGISTERED ? DISPUTED : null;
            case SETTLE_AS_GIVEN -> this == DISPUTED ? REGISTERED : null;
            case SETTLE_AS_NOT_GIVEN -> this == DISPUTED ? WITHDRAWN : null;
        });
    }

    /** What the stored state means at {@code now}: whatever is REGISTERED is EXPIRED from the expiry on. */
    FormState at(Instant expiresAt, Instant now) {
        return this == REGISTERED && !now.isBefore(expiresAt) ? EXPIRED : this;
    }
}
