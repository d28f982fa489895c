package org.kopuro.representation;

/** What parties of a mandate are told; of an end, whoever did not bring it about. */
public enum MandateTidingKind {
    GRANTED, REVOKED, RESIGNED, EXPIRED, LAPSED,
    /** What the representative made under it has ended with it (CON-T10). */
    TOKENS_REVOKED
}
