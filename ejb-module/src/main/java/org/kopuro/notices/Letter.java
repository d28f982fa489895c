package org.kopuro.notices;

import java.time.Instant;
import java.util.UUID;

/** A delivery that this node holds the lease of. {@code attempts}: those before this one. */
record Letter(UUID delivery, UUID lease, String address, String subject, String body, Instant createdAt, int attempts) {
}
