package org.kopuro.representation;

/** What a mandate allows its representative to do with the taxpayer's consents (CON-130). */
public enum MandateRight {
    /** To make tokens. */
    ISSUE,
    /** To stop tokens: deactivate, freeze. */
    REVOKE,
    /** To see tokens, and who used them. */
    VIEW
}
