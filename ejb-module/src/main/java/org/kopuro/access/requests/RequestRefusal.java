package org.kopuro.access.requests;

import org.kopuro.kernel.RefusalCode;
import org.kopuro.kernel.RefusalKind;

/** Why a request cannot be filed, or not be decided so. */
public enum RequestRefusal implements RefusalCode {
    /** A request of this kind is open already (ACC-T01). */
    REQUEST_OPEN_ALREADY,
    RECEIVED_IN_THE_FUTURE,
    SERVICE_OF_ANOTHER_PROCEDURE,
    /** The procedure does not connect to it. */
    CONTOUR_OF_NO_PROCEDURE,
    SUBSYSTEM_OF_ANOTHER_PARTICIPANT,
    CONFIRMATION_UNKNOWN,
    CONFIRMATION_MISSING,
    PREVIOUS_NOT_REFUSED,
    /** Neither changed, nor the causes answered (ACC-T10). */
    RESUBMITTED_UNCHANGED,
    /** The applicant has read another version of the procedure than the one that judges the request (ACC-22). */
    VERSION_NOT_IN_FORCE,
    DESIRED_DAY_TOO_LATE,
    DESIRED_DAY_NOT_COME,
    SENDER_OUTSIDE_ZONE,
    CHECKLIST_INCOMPLETE,
    CHECKLIST_ITEM_UNKNOWN,
    CAUSES_MISSING,
    /** Nobody is turned away for what he does not lack. */
    CAUSE_NOT_FOUND,
    EXIT_NOT_REFUSABLE,
    /** Of whom the procedure wants one. */
    OGRN_MISSING,
    PARTICIPANT_INN_MISSING,
    /** The form names no decree, or not what is to be done for the contour (ACC-42). */
    DECREE_MISSING,
    ACTION_MISSING,
    DECREE_OF_NO_PROCEDURE,
    /** A connection ends whole. */
    DECREES_NOT_ALL,
    /** A number that procedures of another country ask for. */
    INN_OF_ANOTHER_COUNTRY,
    /** It is ticked without a word that the company is registered, and the register does not know it. */
    COMPANY_NOT_FOUND,
    JOINT_TEST_NOT_PASSED,
    PROPOSED_ALREADY,
    ATTACHMENT_MISSING,
    /** Screen forms say of no service what they show. */
    TESTED_SERVICES_NOT_NAMED,
    /** Screen forms show a major version that the services no longer have. */
    TESTED_VERSION_SUPERSEDED,
    ATTACHMENTS_TOO_MANY,
    ATTACHMENT_OF_A_PRODUCT,
    OWN_PROPOSAL,
    APPROVER_ONLY,
    /** Whoever has PRODUCTION credentials files there. */
    PRODUCTION_ASKED_FROM_THERE;

    @Override
    public RefusalKind kind() {
        return switch (this) {
            case OWN_PROPOSAL, APPROVER_ONLY -> RefusalKind.FORBIDDEN;
            case REQUEST_OPEN_ALREADY, DESIRED_DAY_NOT_COME, CHECKLIST_INCOMPLETE, EXIT_NOT_REFUSABLE, JOINT_TEST_NOT_PASSED, PROPOSED_ALREADY,
                    TESTED_VERSION_SUPERSEDED -> RefusalKind.CONFLICT;
            default -> RefusalKind.RULE;
        };
    }
}
