package org.kopuro.representation;

/** What can happen to a mandate; the events upon which it lapses carry the cause that is stored with it. */
public enum MandateEvent {
    GRANT(null),
    /** By the grantor, or by the taxpayer at the beginning of the chain. */
    REVOKE(null),
    /** By the representative. */
    RESIGN(null),
    REACH_EXPIRY(null),
    END_PARENT("PARENT_ENDED"),
    /** One of its parties is struck off or deceased. */
    END_PARTY("PARTY_ENDED");

    private final String cause;

    MandateEvent(String cause) {
        this.cause = cause;
    }

    /** {@code null} where the event says it all. */
    String cause() {
        return cause;
    }
}
