package org.kopuro.consent.complaints;

import org.kopuro.kernel.RefusalCode;
import org.kopuro.kernel.RefusalKind;

/** Why a complaint is not taken, or not answered. */
public enum ComplaintRefusal implements RefusalCode {
    COMPLAINT_WITHOUT_TOKEN,
    COMPLAINT_WAITS_ALREADY,
    COMPLAINTS_TOO_MANY,
    COMPLAINT_ANSWERED_ALREADY;

    @Override
    public RefusalKind kind() {
        return switch (this) {
            case COMPLAINT_WAITS_ALREADY, COMPLAINT_ANSWERED_ALREADY -> RefusalKind.CONFLICT;
            case COMPLAINTS_TOO_MANY -> RefusalKind.TOO_MANY;
            default -> RefusalKind.RULE;
        };
    }
}
