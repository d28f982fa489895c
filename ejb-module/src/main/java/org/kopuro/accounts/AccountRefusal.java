package org.kopuro.accounts;

import org.kopuro.kernel.RefusalCode;

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
    ACCOUNT_OF_NO_SUBSYSTEM
}
