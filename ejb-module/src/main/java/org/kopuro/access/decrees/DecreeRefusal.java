package org.kopuro.access.decrees;

import org.kopuro.kernel.RefusalCode;
import org.kopuro.kernel.RefusalKind;

/** Why a decree is not changed so, or nothing decided. */
public enum DecreeRefusal implements RefusalCode {
    DECREE_REGISTERED_ALREADY,
    /** Another edition came first, or this one begins before it. */
    DECREE_EDITION_OUT_OF_ORDER,
    DECREE_NOT_OF_THIS_CONTOUR,
    /** Decided already, or never touched. */
    DECREE_MATTER_NOT_OPEN;

    @Override
    public RefusalKind kind() {
        return switch (this) {
            case DECREE_NOT_OF_THIS_CONTOUR -> RefusalKind.FORBIDDEN;
            case DECREE_REGISTERED_ALREADY, DECREE_EDITION_OUT_OF_ORDER, DECREE_MATTER_NOT_OPEN -> RefusalKind.CONFLICT;
            default -> RefusalKind.RULE;
        };
    }
}
