package org.kopuro.loans;

/** LOAN-F04. */
public enum BorrowerKind {
    LEGAL_ENTITY,
    SOLE_PROPRIETOR;

    /** As the number's length tells: 10 digits of a company, 12 of a person. */
    public static BorrowerKind of(String inn) {
        return inn.length() == 10 ? LEGAL_ENTITY : SOLE_PROPRIETOR;
    }
}
