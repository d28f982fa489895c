package org.kopuro.accounts;

/** What an account may do. Nobody holds roles on both sides (ACC-1). */
public enum Role {
    TAXPAYER, OPERATOR, AUDITOR;

    /** The same names as constants, for annotations. */
    public static final String NAME_OF_TAXPAYER = "TAXPAYER";
    public static final String NAME_OF_OPERATOR = "OPERATOR";
    public static final String NAME_OF_AUDITOR = "AUDITOR";
}
