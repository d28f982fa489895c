package org.kopuro.consent;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.kopuro.kernel.Contour;

/**
 * A stored token as it stands at the moment of a call, read and locked by the call's own statement.
 *
 * @param left         disclosures that are left of its budget; empty without one
 * @param paused       whether its taxpayer has paused all
 * @param listsService whether the called service is in the token's list
 */
public record Presented(
        UUID id, Contour contour, String taxpayerInn, UUID participant, UUID subsystem, TokenState state, Instant expiresAt, Optional<Instant> endedAt,
        Optional<Integer> left, boolean paused, Optional<Months> period, boolean listsService) {

    /** Expiry counts from its instant on, whether or not it has been written down (CON-71); so does an empty budget. A pause of all freezes what is ACTIVE. */
    TokenState stateAt(Instant now) {
        TokenState own = state.at(expiresAt, left, now);
        return own == TokenState.ACTIVE && paused ? TokenState.FROZEN : own;
    }

    /** When it came to its end, if it has. */
    public Optional<Instant> endAt(Instant now) {
        return endedAt.isEmpty() && stateAt(now) == TokenState.EXPIRED ? Optional.of(expiresAt) : endedAt;
    }
}
