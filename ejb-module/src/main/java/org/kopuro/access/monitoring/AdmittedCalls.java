package org.kopuro.access.monitoring;

import java.time.Instant;

/** Calls of an hour that this node let pass and has not told the others. */
public record AdmittedCalls(Caller caller, Instant hour, long calls) {
}
