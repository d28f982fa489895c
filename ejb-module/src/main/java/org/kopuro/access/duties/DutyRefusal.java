package org.kopuro.access.duties;

import org.kopuro.kernel.RefusalCode;
import org.kopuro.kernel.RefusalKind;

/** Why something cannot be announced or reported so. */
public enum DutyRefusal implements RefusalCode {
    /** Fewer full working days are left than the procedure says, and it is no emergency (ACC-90). */
    ANNOUNCED_TOO_LATE,
    SERVICES_OF_SEVERAL_PROCEDURES,
    OUTAGE_REVERSED,
    OUTAGE_TOO_LONG,
    OUTAGE_OVER,
    OUTAGE_OVERLAPS,
    /** Because of it a version was published, or a rule is set. */
    ANNOUNCEMENT_RELIED_ON,
    REPORTED_FOR_THE_FUTURE,
    LETTER_IN_THE_FUTURE,
    NO_OPEN_OUTAGE,
    INCIDENT_KIND_UNKNOWN;

    @Override
    public RefusalKind kind() {
        return switch (this) {
            case OUTAGE_OVERLAPS, NO_OPEN_OUTAGE -> RefusalKind.CONFLICT;
            default -> RefusalKind.RULE;
        };
    }
}
