package org.kopuro.accounts;

import org.kopuro.kernel.RefusalCode;
import org.kopuro.kernel.RefusalKind;

/** Why an API account, or a secret of it, is not to be had. */
public enum AccountRefusal implements RefusalCode {
    LOGIN_TAKEN,
    ACCOUNTS_TOO_MANY,
    /** Nobody holds roles on both sides (ACC-1). */
    ROLE_OF_ANOTHER_SIDE,
    /** Else a node would be without an administrator by a slip. */
    OWN_ACCOUNT,
    ADMINISTRATOR_ONLY,
    ACCOUNT_NO_LONGER_ACTIVE,
    /** What is good for an overlap is not good for making something that lasts. */
    SECRET_REPLACED,
    NODE_NOT_CONNECTED,
    /** Tokens are bound to subsystems: who asks about them says by the account for which it asks. */
    ACCOUNT_OF_NO_SUBSYSTEM;

    @Override
    public RefusalKind kind() {
        return switch (this) {
            case ADMINISTRATOR_ONLY, ACCOUNT_NO_LONGER_ACTIVE, SECRET_REPLACED, ACCOUNT_OF_NO_SUBSYSTEM -> RefusalKind.FORBIDDEN;
            case LOGIN_TAKEN, OWN_ACCOUNT, NODE_NOT_CONNECTED -> RefusalKind.CONFLICT;
            case ACCOUNTS_TOO_MANY -> RefusalKind.TOO_MANY;
            default -> RefusalKind.RULE;
        };
    }
}
