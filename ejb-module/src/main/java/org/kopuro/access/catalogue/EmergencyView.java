package org.kopuro.access.catalogue;

import java.time.Instant;
import java.util.UUID;

/** A use of the exception of ACC-91. */
public record EmergencyView(VersionId version, String service, String name, int revision, Instant at, UUID actor, String reason) {
}
