package org.kopuro.access;

/** What a service asks of a token (CON-2). */
public enum TokenRule {
    REQUIRED, ACCEPTED, NOT_USED
}
