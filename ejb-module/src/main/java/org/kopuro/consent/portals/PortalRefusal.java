package org.kopuro.consent.portals;

import org.kopuro.kernel.RefusalCode;
import org.kopuro.kernel.RefusalKind;

/** Why nobody is told on a taxpayer's behalf, or nobody is named. */
public enum PortalRefusal implements RefusalCode {
    NO_PORTAL,
    PORTAL_NAMED_ALREADY;

    @Override
    public RefusalKind kind() {
        return switch (this) {
            case NO_PORTAL -> RefusalKind.FORBIDDEN;
            case PORTAL_NAMED_ALREADY -> RefusalKind.CONFLICT;
            default -> RefusalKind.RULE;
        };
    }
}
