package org.kopuro.access.monitoring;

import org.kopuro.access.ConnectionEvent;
import org.kopuro.access.ConnectionId;

/** What an official may do about a signal: a ground of the procedure's list, and the event that it allows. */
public record SuspensionDraft(ConnectionId connection, String procedure, ConnectionEvent measure, String ground) {
}
