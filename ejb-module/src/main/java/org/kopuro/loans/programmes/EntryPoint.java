package org.kopuro.loans.programmes;

/** When a loan of the programme may be entered (LOAN-12). */
public enum EntryPoint {
    /** As an application, before the bank decides. */
    BEFORE_DECISION,
    /** As an approved loan, whose contract is concluded. */
    AFTER_CONTRACT,
    EITHER
}
