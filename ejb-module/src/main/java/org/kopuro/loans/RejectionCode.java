package org.kopuro.loans;

/** Why a bank rejects an application (LOAN-T04): [data], as the sources name none. The authority takes no part in it (LOAN-1). */
public enum RejectionCode {
    NOT_ELIGIBLE,
    SOLVENCY,
    DOCUMENTS_MISSING,
    LIMIT_EXHAUSTED,
    BORROWER_DECLINED,
    OTHER
}
