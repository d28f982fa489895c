package org.kopuro.loans.programmes;

/** What becomes of a second active loan of an applicant under a programme (LOAN-41). */
public enum DuplicatePolicy {
    /** It is refused. */
    BLOCK,
    /** It is taken, and both are marked. */
    FLAG
}
