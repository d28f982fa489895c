package org.kopuro.exchange.repetition;

import org.kopuro.kernel.RefusalCode;
import org.kopuro.kernel.RefusalKind;

/** Why a rule is not set. */
public enum RepetitionRefusal implements RefusalCode {
    /** Another official has set one since the revision that this one has seen. */
    RULE_CHANGED_MEANWHILE;

    @Override
    public RefusalKind kind() {
        return switch (this) {
            case RULE_CHANGED_MEANWHILE -> RefusalKind.CONFLICT;
            default -> RefusalKind.RULE;
        };
    }
}
