package org.kopuro.loans.imports;

/** What became of a row (LOAN-94); of a dry run, what would become of it. */
public enum RowOutcome {
    CREATED, UPDATED, UNCHANGED, REFUSED,
    /** Good by itself, but one of its file was not, and it was to be all or nothing. */
    NOT_PLACED
}
