package org.kopuro.access.requests;

import java.util.Optional;

/**
 * The life of a request. For a joint test GRANTED means passed and REFUSED not passed. The database holds the same table, and holds to it.
 */
public enum RequestState {
    SUBMITTED, ACCEPTED, NOT_ACCEPTED, INFO_NEEDED, GRANTED, REFUSED, RETRACTED;

    public boolean open() {
        return this == SUBMITTED || this == ACCEPTED || this == INFO_NEEDED;
    }

    /** The state after {@code event}, or empty when this state does not allow it. */
    public Optional<RequestState> on(RequestEvent event) {
        return Optional.ofNullable(switch (event) {
            case SUBMIT -> null;
            case CONFIRM -> this == SUBMITTED ? ACCEPTED : null;
            case DECLINE -> this == SUBMITTED ? NOT_ACCEPTED : null;
            case ASK -> this == ACCEPTED ? INFO_NEEDED : null;
            case SUPPLY -> this == INFO_NEEDED ? ACCEPTED : null;
            case GRANT -> this == ACCEPTED ? GRANTED : null;
            case REFUSE -> this == ACCEPTED ? REFUSED : null;
            case RETRACT -> open() ? RETRACTED : null;
            case LAPSE -> this == INFO_NEEDED ? RETRACTED : null;
        });
    }
}
