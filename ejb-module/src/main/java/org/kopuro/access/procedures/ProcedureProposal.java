package org.kopuro.access.procedures;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A version that an official wants to publish.
 *
 * @param document the whole version, as it would be shown
 */
public record ProcedureProposal(UUID id, String procedure, int version, String document, String reason, UUID proposedBy, Instant proposedAt, Optional<Outcome> outcome,
        Optional<UUID> decidedBy) {

    /** What became of it. */
    public enum Outcome {
        APPROVED, REJECTED
    }
}
