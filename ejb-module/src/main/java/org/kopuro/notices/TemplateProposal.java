package org.kopuro.notices;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** A text that an official wants to publish. */
public record TemplateProposal(UUID id, TemplateView text, String reason, UUID proposedBy, Instant proposedAt, Optional<Outcome> outcome) {

    /** What became of it. */
    public enum Outcome {
        APPROVED, REJECTED
    }
}
