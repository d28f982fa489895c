package org.kopuro.access.exemptions;

import java.util.Optional;

/** The life of an exemption. The database holds the same table, and holds to it. */
public enum ExemptionState {
    RECORDED, IN_FORCE, REJECTED, ENDED;

    /** The state after {@code event}, or empty when this state does not allow it. */
    public Optional<ExemptionState> on(ExemptionEvent event) {
        return Optional.ofNullable(switch (event) {
            case RECORD -> null;
            case CONFIRM -> this == RECORDED ? IN_FORCE : null;
            case REJECT -> this == RECORDED ? REJECTED : null;
            case END -> this == IN_FORCE ? ENDED : null;
        });
    }
}
