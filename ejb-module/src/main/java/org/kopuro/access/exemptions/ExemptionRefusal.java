package org.kopuro.access.exemptions;

import org.kopuro.kernel.RefusalCode;
import org.kopuro.kernel.RefusalKind;

/** Why an exemption cannot be recorded or confirmed so. */
public enum ExemptionRefusal implements RefusalCode {
    EXEMPTION_RECORDED_ALREADY,
    /** Not one of the procedure's; most procedures have none. */
    EXEMPTION_GROUND_NOT_LISTED,
    EXEMPTION_ISSUED_IN_THE_FUTURE,
    EXEMPTION_BY_PRODUCTION,
    EXEMPTION_SECOND_OFFICIAL;

    @Override
    public RefusalKind kind() {
        return switch (this) {
            case EXEMPTION_BY_PRODUCTION, EXEMPTION_SECOND_OFFICIAL -> RefusalKind.FORBIDDEN;
            case EXEMPTION_RECORDED_ALREADY -> RefusalKind.CONFLICT;
            default -> RefusalKind.RULE;
        };
    }
}
