package org.kopuro.consent;

/** What can happen to a token; the events that revoke it carry the cause that is stored with it. PRESENT happens at every call, and the usage log keeps it. */
public enum TokenEvent {
    ISSUE(null),
    PRESENT(null),
    USE_LAST_UNIT(null),
    FREEZE(null),
    UNFREEZE(null),
    /** What a representative made becomes the taxpayer's own: it outlives the mandate (CON-133). */
    CONFIRM_AS_OWN(null),
    REACH_EXPIRY(null),
    DEACTIVATE("TAXPAYER"),
    GIVE_UP("GIVEN_UP"),
    DISCONNECT_PARTICIPANT("PARTICIPANT_DISCONNECTED"),
    END_MANDATE("MANDATE_ENDED"),
    END_BY_AUTHORITY("AUTHORITY"),
    END_SUBJECT("SUBJECT_ENDED"),
    REPLACE("REPLACED");

    private final String cause;

    TokenEvent(String cause) {
        this.cause = cause;
    }

    /** The cause stored with a token that this event revokes, {@code null} for the others. */
    String cause() {
        return cause;
    }
}
