package org.kopuro.consent;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.kopuro.participants.ParticipantId;

/**
 * Something that a taxpayer is told about a token or a form consent: one of them is there.
 *
 * @param lastFour        of the token, by which its taxpayer knows it
 * @param formNumber      of the form, as its participant gave it
 * @param participant     who holds the consent; of {@link TidingKind#STRANGER} who presented it
 * @param subsystem       its code
 * @param effectiveAt     when it comes about, if later
 * @param cause           of a revocation
 * @param reason          the authority's
 * @param lastUsedAt      of a consent that expires soon: one that is not used need not be renewed (CON-123)
 */
public record Tiding(
        UUID id, TidingKind kind, Instant at, Optional<TokenId> token, Optional<String> lastFour, Optional<UUID> form, Optional<String> formNumber, ParticipantId participant, String participantName, String subsystem, Optional<Instant> effectiveAt,
        Optional<String> cause, Optional<String> reason, Optional<Instant> lastUsedAt) {
}
