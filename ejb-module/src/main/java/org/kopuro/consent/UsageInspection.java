package org.kopuro.consent;

import java.time.Instant;
import java.util.UUID;

/** That the authority has read the log about a taxpayer (CON-115). The id names the ledger's entry, too. */
public record UsageInspection(UUID id, Instant at, String role, String reason) {
}
