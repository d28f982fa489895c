package org.kopuro.loans.programmes;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A change of a programme that somebody has proposed, with what became of it.
 *
 * @param outcome empty while nobody has decided
 */
public record ProgrammeChangeView(UUID id, String programme, ProgrammeChange change, String reason, Instant proposedAt, UUID proposedBy, Optional<RuleSetView.Outcome> outcome,
        Optional<Instant> decidedAt, Optional<UUID> decidedBy, Optional<String> remark) {
}
