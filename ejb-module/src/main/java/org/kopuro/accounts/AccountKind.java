package org.kopuro.accounts;

/** Whether a person or a program signs in (ACC-60). */
public enum AccountKind {
    PERSONAL, TECHNICAL
}
