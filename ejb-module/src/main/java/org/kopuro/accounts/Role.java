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
    /** Reads everything, changes nothing, and has no other role. */
    AUDITOR;

    /** The same names as constants, for annotations. */
    public static final String NAME_OF_TAXPAYER = "TAXPAYER";
    public static final String NAME_OF_PARTICIPANT = "PARTICIPANT";
    public static final String NAME_OF_NODE_ADMINISTRATOR = "NODE_ADMINISTRATOR";
    public static final String NAME_OF_OPERATIONAL_CONTACT = "OPERATIONAL_CONTACT";
    public static final String NAME_OF_OPERATOR = "OPERATOR";
    public static final String NAME_OF_AUDITOR = "AUDITOR";
    /** What the container calls whoever has a role of the authority; which of them, the resources ask. */
    public static final String NAME_OF_OFFICIALS = "OFFICIAL";

    /** The roles on the authority's side. */
    public static final Set<Role> OFFICIALS = Collections.unmodifiableSet(EnumSet.range(OPERATOR, AUDITOR));

    /** Whether it is a role on the participants' side. */
    public boolean ofParticipant() {
        return this == PARTICIPANT || this == NODE_ADMINISTRATOR || this == OPERATIONAL_CONTACT;
    }

    /** Whether it is a role on the authority's side. */
    public boolean ofAuthority() {
        return OFFICIALS.contains(this);
    }
}
