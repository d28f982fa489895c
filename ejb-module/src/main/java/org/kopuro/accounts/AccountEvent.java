package org.kopuro.accounts;

/** What happens to a participant's account. The end comes with the last connection to the contour, and from nobody's hand. */
public enum AccountEvent {
    CREATE, BLOCK, UNBLOCK, DELETE, ISSUE_SECRET, REVOKE_SECRET, END
}
