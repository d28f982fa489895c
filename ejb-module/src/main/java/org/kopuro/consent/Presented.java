package org.kopuro.consent;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.kopuro.kernel.Contour;

/**
 * A stored token as it stands at the moment of a call, read and locked by the call's own statement.
 *
 * @param listsService whether the called service is in the token's list
 */
public record Presented(
        UUID id, Contour contour, String taxpayerInn, UUID participant, UUID subsystem, TokenState state, Instant expiresAt,
        Optional<Instant> endedAt, boolean listsService) {
}
