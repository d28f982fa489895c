package org.kopuro.access;

import org.kopuro.kernel.Actor;

/** Observed in the transaction of the change, by whatever lives and ends with a connection. */
public record ConnectionChanged(ConnectionEvent event, ConnectionView connection, Actor by) {
}
