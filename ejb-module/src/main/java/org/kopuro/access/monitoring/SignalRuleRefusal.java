package org.kopuro.access.monitoring;

import org.kopuro.kernel.RefusalCode;
import org.kopuro.kernel.RefusalKind;

/** Why a rule for signals is not changed so. */
public enum SignalRuleRefusal implements RefusalCode {
    /** Rules hold in both contours. */
    SIGNAL_RULE_BY_PRODUCTION,
    SIGNAL_RULE_CHANGED_MEANWHILE;

    @Override
    public RefusalKind kind() {
        return switch (this) {
            case SIGNAL_RULE_BY_PRODUCTION -> RefusalKind.FORBIDDEN;
            case SIGNAL_RULE_CHANGED_MEANWHILE -> RefusalKind.CONFLICT;
            default -> RefusalKind.RULE;
        };
    }
}
