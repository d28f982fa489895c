package org.kopuro.consent;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * That the authority has read something about a taxpayer (CON-115). The id names the ledger's entry, too; of several readings of records, the first one's.
 *
 * @param until  of records, when they were read last; the readings between are told as one
 * @param reason as the reader gave it, for the log
 * @param about  the call, or the form
 */
public record UsageInspection(UUID id, Instant at, Optional<Instant> until, String role, InspectionKind kind, Optional<String> reason, Optional<UUID> about) {
}
