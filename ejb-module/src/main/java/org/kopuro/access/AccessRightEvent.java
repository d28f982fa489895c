package org.kopuro.access;

/** What the authority does to an access right; time does the rest. */
public enum AccessRightEvent {
    REVOKE
}
