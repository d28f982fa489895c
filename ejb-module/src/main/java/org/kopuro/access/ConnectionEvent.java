package org.kopuro.access;

/** What the authority does to a connection. CONNECT is also the way a first connection comes about. */
public enum ConnectionEvent {
    CONNECT, SUSPEND, RESTORE, DISCONNECT
}
