package org.kopuro.loans.imports;

/** What becomes of good rows where others are bad (LOAN-93). */
public enum ImportChoice {
    GOOD_ROWS, ALL_OR_NOTHING
}
