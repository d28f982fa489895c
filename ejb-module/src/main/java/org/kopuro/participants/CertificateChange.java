package org.kopuro.participants;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** What happened to a certificate, who did it and why (ACC-1). */
public record CertificateChange(int number, CertificateEvent event, CertificateState state, Instant at, Optional<UUID> actor, String actorRole, String reason) {
}
