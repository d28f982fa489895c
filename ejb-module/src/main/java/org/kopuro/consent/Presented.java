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

    /** Expiry counts from its instant on, whether or not it has been written down (CON-71). */
    TokenState stateAt(Instant now) {
        return state.at(expiresAt, now);
    }

    /** When it came to its end, if it has. */
    public Optional<Instant> endAt(Instant now) {
        return endedAt.isEmpty() && stateAt(now) == TokenState.EXPIRED ? Optional.of(expiresAt) : endedAt;
    }
}
