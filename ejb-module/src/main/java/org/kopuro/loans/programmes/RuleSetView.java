package org.kopuro.loans.programmes;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A version of rules with what became of it.
 *
 * @param source     where it is said
 * @param reason     why it was proposed
 * @param proposedBy empty for what ships with a release
 * @param outcome    empty while nobody has decided
 * @param decidedBy  empty also for what ships approved
 */
public record RuleSetView(UUID id, RuleSet rules, String source, String reason, Instant proposedAt, Optional<UUID> proposedBy, Optional<Outcome> outcome, Optional<Instant> decidedAt,
        Optional<UUID> decidedBy, Optional<String> remark) {

    public enum Outcome {
        APPROVED,
        REJECTED
    }
}
