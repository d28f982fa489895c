package org.kopuro.loans;

/** What became of an application (LOAN-35, 002 §7). */
public enum LoanStatus {
    /** «Сформировано» */
    FORMED,
    /** «Одобрено банком» */
    APPROVED,
    /** «Отклонено банком» */
    REJECTED,
    /** «Отозвано» */
    WITHDRAWN;

    /** Whether it counts as an entry of its borrower (LOAN-40). */
    public boolean counted() {
        return this == FORMED || this == APPROVED;
    }
}
