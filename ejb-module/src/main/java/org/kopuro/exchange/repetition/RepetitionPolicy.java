package org.kopuro.exchange.repetition;

/** What is done about message ids that a participant sends twice. */
public enum RepetitionPolicy {
    /** Nothing but counting. */
    OBSERVE,
    /** The call is answered, and the answer says so. */
    WARN,
    REFUSE
}
