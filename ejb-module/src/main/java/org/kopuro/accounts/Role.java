package org.kopuro.accounts;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/** What an account may do (§3 of the requirements on access). It may hold several, of one side: nobody holds roles on both (ACC-1). */
public enum Role {
    TAXPAYER,
    /** A participant's representative: acts for one participant, and sees nothing of others. */
    PARTICIPANT,
    /** A participant's officer, who makes the accounts of its programs and people, and registers certificates. */
    NODE_ADMINISTRATOR,
    /** A participant's person who is told of work and outages, reads the letters, and does nothing else. */
    OPERATIONAL_CONTACT,
    /** Enters and keeps up a bank's own loans: a person or a program. */
    BANK_OPERATOR,
    /** Confirms a bank's decisions, contracts and imports where the bank wants four eyes. */
    BANK_CONTROLLER,
    /** The access officer: registers and decides requests, and issues credentials. */
    OPERATOR,
    /** The second official, who decides what another one proposes (ACC-2). */
    APPROVER,
    AGREEMENTS_OFFICER,
    /** Suspends, forces disconnection, runs incidents, watches use. */
    SECURITY_OFFICER,
    /** Keeps the catalogue of services; announces outages and changes. */
    SERVICE_OWNER,
    /** Publishes procedures. */
    PROCEDURE_EDITOR,
    /** Of the federal body that watches a programme of loans: accredits banks, reads its loans, and sees nothing else of the authority's. */
    REGULATOR,
    /** Of the ministry that answers for the rules of loans: approves them, and sees nothing else of the authority's. */
    METHODOLOGY_OWNER,
    /** Reads everything, changes nothing, and has no other role. */
    AUDITOR;

    /** The same names as constants, for annotations. */
    public static final String NAME_OF_TAXPAYER = "TAXPAYER";
    public static final String NAME_OF_PARTICIPANT = "PARTICIPANT";
    public static final String NAME_OF_NODE_ADMINISTRATOR = "NODE_ADMINISTRATOR";
    public static final String NAME_OF_OPERATIONAL_CONTACT = "OPERATIONAL_CONTACT";
    public static final String NAME_OF_BANK_OPERATOR = "BANK_OPERATOR";
    public static final String NAME_OF_BANK_CONTROLLER = "BANK_CONTROLLER";
    public static final String NAME_OF_OPERATOR = "OPERATOR";
    public static final String NAME_OF_REGULATOR = "REGULATOR";
    public static final String NAME_OF_METHODOLOGY_OWNER = "METHODOLOGY_OWNER";
    public static final String NAME_OF_AUDITOR = "AUDITOR";
    /** What the container calls whoever has a role of the authority's own; which of them, the resources ask. */
    public static final String NAME_OF_OFFICIALS = "OFFICIAL";

    /** The authority's own roles. Other bodies' people, on its side too, are none of them: they see of its matters what names their role. */
    public static final Set<Role> OFFICIALS;

    static {
        Set<Role> officials = EnumSet.range(OPERATOR, AUDITOR);
        officials.removeAll(EnumSet.of(REGULATOR, METHODOLOGY_OWNER));
        OFFICIALS = Collections.unmodifiableSet(officials);
    }

    /** Whether it is a role on the participants' side. */
    public boolean ofParticipant() {
        return compareTo(PARTICIPANT) >= 0 && compareTo(BANK_CONTROLLER) <= 0;
    }

    /** Whether it is a role on the authority's side, the authority's own or another body's. */
    public boolean ofAuthority() {
        return compareTo(OPERATOR) >= 0;
    }
}
