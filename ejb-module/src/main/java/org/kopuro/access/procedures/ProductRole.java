package org.kopuro.access.procedures;

/** What a participant is to its product (ACC-7): it has made it, or may use, distribute and modify what somebody else has made. */
public enum ProductRole {
    OWNER_DEVELOPER, LICENSEE
}
