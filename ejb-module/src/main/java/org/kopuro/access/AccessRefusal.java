package org.kopuro.access;

import org.kopuro.kernel.RefusalCode;
import org.kopuro.kernel.RefusalKind;

/**
 * Why a participant may not call, an access right cannot be given, or a connection does not change so. For {@code ACCESS_RIGHT_MISSING} the field names the
 * part that is missing: {@code accessRight.subsystem}, {@code .service}, {@code .contour} or {@code .period}.
 */
public enum AccessRefusal implements RefusalCode {
    PARTICIPANT_NOT_CONNECTED,
    PARTICIPANT_SUSPENDED,
    PARTICIPANT_DISCONNECTED,
    ACCESS_RIGHT_MISSING,
    SERVICE_UNKNOWN,
    SERVICE_DISABLED,
    /** What is done to messages, contracts and tokens is not done to a service that none of them comes near. */
    SERVICE_NOT_OF_THE_EXCHANGE,
    /** An announced outage is on (ACC-92). */
    SERVICE_UNAVAILABLE_PLANNED,
    /** A limit on use is reached (ACC-96); the field names it: {@code limit.callsPerSecond} and the like. */
    RATE_LIMITED,
    ACCESS_RIGHT_OVERLAPS,
    ACCESS_RIGHT_PERIOD_INVALID,
    ALREADY_CONNECTED,
    GROUND_NOT_LISTED,
    ANNOUNCEMENT_REQUIRED,
    NOT_ANNOUNCED_UNDER_THIS_PROCEDURE,
    ANNOUNCED_TOO_SHORTLY,
    EVENT_OF_THE_SYSTEM,
    /** A second official has to agree (ACC-2). */
    APPROVAL_REQUIRED,
    /** PRODUCTION opens only within an agreement in force, where the procedure demands one (ACC-58). */
    AGREEMENT_MISSING,
    SUSPENDED_FOR_ANOTHER_CAUSE,
    /** The participant has reported neither liquidation nor reorganisation, and is not struck off the register (ACC-T34). */
    LIQUIDATION_NOT_KNOWN,
    /** The ground stands on an open incident of a kind, and none is named (ACC-T24). */
    INCIDENT_REQUIRED,
    /** The incident is closed, about somebody else, or of another kind than the ground stands on. */
    INCIDENT_UNFIT,
    /** The procedure demands a joint test, and none was passed at a major version of the service that PRODUCTION serves (ACC-18). */
    JOINT_TEST_MISSING,
    /** There is a right, and other major versions may be called by it: this one's joint test was not passed (ACC-18). */
    MAJOR_VERSION_NOT_TESTED,
    /** Its subsystem has not shown in TEST that it stops with a token (CON-160). */
    STOPPING_NOT_SHOWN;

    @Override
    public RefusalKind kind() {
        return switch (this) {
            case PARTICIPANT_NOT_CONNECTED, PARTICIPANT_SUSPENDED, PARTICIPANT_DISCONNECTED, ACCESS_RIGHT_OVERLAPS, ALREADY_CONNECTED,
                    APPROVAL_REQUIRED, AGREEMENT_MISSING, SUSPENDED_FOR_ANOTHER_CAUSE, LIQUIDATION_NOT_KNOWN, INCIDENT_UNFIT, JOINT_TEST_MISSING,
                    STOPPING_NOT_SHOWN -> RefusalKind.CONFLICT;
            case RATE_LIMITED -> RefusalKind.TOO_MANY;
            default -> RefusalKind.RULE;
        };
    }
}
