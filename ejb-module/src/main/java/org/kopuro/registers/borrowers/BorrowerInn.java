package org.kopuro.registers.borrowers;

/** The INN of a borrower, whose length says of what kind it is: 10 digits of a company, 12 of a sole proprietor (LOAN-F05). */
public final class BorrowerInn {

    private static final int OF_A_COMPANY = 10;

    private BorrowerInn() {
    }

    public static Soundness judge(String text) {
        return identifier(text).judge(text);
    }

    /** Of anything but ten characters the one that tells a person; its form is wrong where there are not twelve digits. */
    public static Identifier identifier(String text) {
        return text.length() == OF_A_COMPANY ? Identifier.COMPANY_INN : Identifier.PERSON_INN;
    }
}
