package org.kopuro.consent;

/** What a taxpayer is told about a token (P01 to P11). */
public enum TidingKind {
    /** It ended; the cause says why (P01). Not told of what the taxpayer did himself. */
    REVOKED,
    EXPIRED,
    EXHAUSTED,
    /** A tenth of its budget is left (P05). */
    BUDGET_LOW,
    /** A representative made it, stopped it for a while (CON-132). */
    ISSUED,
    FROZEN,
    /** In seven, three days, or one (P08). */
    EXPIRES_SOON,
    /** Its participant is suspended: it stands still (P09). */
    PARTICIPANT_SUSPENDED,
    PARTICIPANT_RESTORED,
    /** Its participant's connection ends on a day to come, and the token with it (CON-87). */
    TERMINATION_ANNOUNCED,
    TERMINATION_WITHDRAWN,
    /** Somebody presented it for whom it was not made (P10). */
    STRANGER,
    /** It was used for the first time (P11). */
    FIRST_USE
}
