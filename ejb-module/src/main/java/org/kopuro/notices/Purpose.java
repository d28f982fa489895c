package org.kopuro.notices;

/** What a letter is about, as the procedures head it (ACC-24). */
public enum Purpose {
    CONNECT_TEST, CONNECT_PRODUCTION, JOINT_TEST, RESTORE, DISCONNECT, CHANGE
}
