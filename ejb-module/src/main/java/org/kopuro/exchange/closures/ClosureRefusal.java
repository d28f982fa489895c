package org.kopuro.exchange.closures;

import org.kopuro.kernel.RefusalCode;
import org.kopuro.kernel.RefusalKind;

/** Why nothing is closed or opened. */
public enum ClosureRefusal implements RefusalCode {
    /** The same is closed for some of the time already. */
    CLOSED_ALREADY,
    /** It is over, or somebody has opened. */
    OPEN_ALREADY;

    @Override
    public RefusalKind kind() {
        return switch (this) {
            case CLOSED_ALREADY, OPEN_ALREADY -> RefusalKind.CONFLICT;
            default -> RefusalKind.RULE;
        };
    }
}
