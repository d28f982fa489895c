package org.kopuro.consent;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.kopuro.participants.ParticipantId;

/**
 * Something that a taxpayer is told about a token.
 *
 * @param lastFour        of the token, by which its taxpayer knows it
 * @param participant     who holds the token; of {@link TidingKind#STRANGER} who presented it
 * @param subsystem       its code
 * @param effectiveAt     when it comes about, if later
 * @param cause           of a revocation
 * @param reason          the authority's
 * @param lastUsedAt      of a token that expires soon: one that is not used need not be renewed (CON-123)
 */
public record Tiding(
        UUID id, TidingKind kind, Instant at, TokenId token, String lastFour, ParticipantId participant, String participantName, String subsystem, Optional<Instant> effectiveAt,
        Optional<String> cause, Optional<String> reason, Optional<Instant> lastUsedAt) {
}
