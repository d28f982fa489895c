package org.kopuro.loans.imports;

/** What a file is sent for (LOAN-93). */
public enum ImportMode {
    /** A dry run: what would happen is told, and nothing is stored of it but that. */
    CHECK,
    APPLY
}
