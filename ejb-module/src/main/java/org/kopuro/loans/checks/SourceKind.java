package org.kopuro.loans.checks;

/** Where an item comes from (LOAN-6, 002 §2). */
public enum SourceKind {
    /** 002 §2.1. */
    TAXPAYER_FILING,
    /** 002 §2.2. */
    INTER_AGENCY,
    /** Of the registrar: registration, liquidation, bankruptcy (002 §2.3). */
    REGISTRAR_DECISION,
    /** 002 §2.4. */
    BANK_ENTRY,
    /** 002 §2.5. */
    NGO_REGISTER
}
