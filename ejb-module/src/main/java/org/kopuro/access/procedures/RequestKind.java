package org.kopuro.access.procedures;

/** What a participant may ask for. */
public enum RequestKind {
    CONNECT, JOINT_TEST, RESTORE, DISCONNECT, CHANGE
}
