package org.kopuro.access.exemptions;

import java.time.Instant;
import java.util.UUID;

/**
 * An exemption as its newest event left it.
 *
 * @param version  of the procedure by whose grounds it was recorded
 * @param document the written basis, with its name and digest
 */
public record ExemptionView(ExemptionId id, NewExemption recorded, int version, UUID document, String fileName, String sha256, ExemptionState state, Instant since, int events) {
}
