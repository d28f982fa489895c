package org.kopuro.registers.borrowers;

/** A register that borrowers are looked up in, as {@code registers.borrower_load} names it. */
public enum BorrowerRegister {
    /** EGRUL and EGRIP. */
    COMPANY,
    SME,
    NGO_906,
    NGO_847,
    CONTRACT_696,
    /** The classifier OK 029-2014. */
    OKVED
}
