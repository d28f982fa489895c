package org.kopuro.registers.borrowers;

/** What an identifier is worth, the worst that was found. */
public enum Soundness {
    SOUND,
    /** A warning in TEST, refused in PRODUCTION (LOAN-130). */
    DOUBTFUL,
    /** No such identifier: refused everywhere. */
    MALFORMED
}
