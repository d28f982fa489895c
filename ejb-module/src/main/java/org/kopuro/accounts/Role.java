package org.kopuro.accounts;

/** What an account may do. Nobody holds roles on both sides (ACC-1). */
public enum Role {
    TAXPAYER,
    /** A participant's administrator: acts for that participant, and sees nothing of others. */
    PARTICIPANT,
    OPERATOR,
    /** The second official, who decides what an operator proposes (ACC-2). */
    APPROVER,
    AUDITOR;

    /** The same names as constants, for annotations. */
    public static final String NAME_OF_TAXPAYER = "TAXPAYER";
    public static final String NAME_OF_PARTICIPANT = "PARTICIPANT";
    public static final String NAME_OF_APPROVER = "APPROVER";
    public static final String NAME_OF_OPERATOR = "OPERATOR";
    public static final String NAME_OF_AUDITOR = "AUDITOR";
}
