package org.kopuro.consent.forms;

/** What can happen to a form consent; the events that withdraw it carry the cause that is stored with it. */
public enum FormEvent {
    RECEIVE(null),
    REGISTER(null),
    REJECT(null),
    WITHDRAW("TAXPAYER"),
    REPORT_WITHDRAWAL("REPORTED_BY_PARTICIPANT"),
    REACH_EXPIRY(null),
    DISPUTE(null),
    SETTLE_AS_GIVEN(null),
    SETTLE_AS_NOT_GIVEN("NOT_GIVEN"),
    DISCONNECT_PARTICIPANT("PARTICIPANT_DISCONNECTED"),
    END_SUBJECT("SUBJECT_ENDED");

    private final String cause;

    FormEvent(String cause) {
        this.cause = cause;
    }

    /** The cause stored with a consent that this event withdraws, {@code null} for the others. */
    String cause() {
        return cause;
    }
}
