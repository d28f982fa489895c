package org.kopuro.accounts;

import java.util.Optional;

/** A participant's account signs in while ACTIVE. ENDED, by deletion or with the connection, is for ever; its row stays, for what it did. */
public enum AccountState {
    ACTIVE, BLOCKED, ENDED;

    /** The state after {@code event}, or empty when this state does not allow it. */
    public Optional<AccountState> on(AccountEvent event) {
        return Optional.ofNullable(switch (event) {
            case CREATE -> null;
            case BLOCK -> this == ACTIVE ? BLOCKED : null;
            case UNBLOCK -> this == BLOCKED ? ACTIVE : null;
            case ISSUE_SECRET -> this == ACTIVE ? ACTIVE : null;
            case REVOKE_SECRET -> this == ENDED ? null : this;
            case DELETE, END -> this == ENDED ? null : ENDED;
        });
    }
}
