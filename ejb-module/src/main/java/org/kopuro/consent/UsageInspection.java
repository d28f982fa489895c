package org.kopuro.consent;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * That the authority has read something about a taxpayer (CON-115). The id names the ledger's entry, too.
 *
 * @param reason as the reader gave it, for the log
 * @param about  the call, or the form
 */
public record UsageInspection(UUID id, Instant at, String role, InspectionKind kind, Optional<String> reason, Optional<UUID> about) {
}
