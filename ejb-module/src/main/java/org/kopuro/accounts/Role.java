package org.kopuro.accounts;

/** What an account may do. Nobody holds roles on both sides (ACC-1). */
public enum Role {
    TAXPAYER,
    /** Acts for one participant, and sees nothing of others. */
    PARTICIPANT,
    /** A participant's officer, who makes the accounts of its programs and people, and registers certificates. */
    NODE_ADMINISTRATOR,
    OPERATOR,
    /** The second official, who decides what an operator proposes (ACC-2). */
    APPROVER,
    AUDITOR;

    /** The same names as constants, for annotations. */
    public static final String NAME_OF_TAXPAYER = "TAXPAYER";
    public static final String NAME_OF_PARTICIPANT = "PARTICIPANT";
    public static final String NAME_OF_NODE_ADMINISTRATOR = "NODE_ADMINISTRATOR";
    public static final String NAME_OF_APPROVER = "APPROVER";
    public static final String NAME_OF_OPERATOR = "OPERATOR";
    public static final String NAME_OF_AUDITOR = "AUDITOR";

    /** Whether it is a role on the participants' side. */
    public boolean ofParticipant() {
        return this == PARTICIPANT || this == NODE_ADMINISTRATOR;
    }
}
