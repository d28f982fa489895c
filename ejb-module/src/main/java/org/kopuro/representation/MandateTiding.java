package org.kopuro.representation;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * Something that a party of a mandate is told.
 *
 * @param tokens the consents that ended with the mandate, of {@link MandateTidingKind#TOKENS_REVOKED}
 */
public record MandateTiding(UUID id, MandateTidingKind kind, Instant at, MandateView mandate, List<UUID> tokens) {
}
