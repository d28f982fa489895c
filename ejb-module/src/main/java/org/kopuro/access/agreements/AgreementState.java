package org.kopuro.access.agreements;

import java.util.Optional;

/** The life of an agreement. The database holds the same table, and holds to it. */
public enum AgreementState {
    DRAFT, IN_FORCE, TERMINATION_ANNOUNCED, TERMINATED, EXPIRED;

    /** Whether it counts on the days of its term. */
    public boolean counts() {
        return this == IN_FORCE || this == TERMINATION_ANNOUNCED;
    }

    /** The state after {@code event}, or empty when this state does not allow it. */
    public Optional<AgreementState> on(AgreementEvent event) {
        return Optional.ofNullable(switch (event) {
            case DRAFT -> null;
            case SIGN -> this == DRAFT ? IN_FORCE : null;
            case AMEND -> this == IN_FORCE ? IN_FORCE : null;
            case ANNOUNCE_TERMINATION -> this == IN_FORCE ? TERMINATION_ANNOUNCED : null;
            case WITHDRAW_TERMINATION -> this == TERMINATION_ANNOUNCED ? IN_FORCE : null;
            case TERMINATION_DUE -> this == TERMINATION_ANNOUNCED ? TERMINATED : null;
            case DATE_MOVED -> this == TERMINATION_ANNOUNCED ? this : null;
            case EXPIRE -> counts() ? EXPIRED : null;
        });
    }
}
