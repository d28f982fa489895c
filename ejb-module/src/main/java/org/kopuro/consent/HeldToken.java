package org.kopuro.consent;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Refusal;

/** A token to which nothing happens until the transaction ends. */
record HeldToken(TokenId id, Contour contour, String taxpayerInn, UUID participant, UUID subsystem, TokenState stored, int events, Instant expiresAt, Optional<Integer> left) {

    boolean allows(TokenEvent event, Instant now) {
        return stored.at(expiresAt, left, now).on(event).isPresent();
    }

    /** Refused where the present state does not allow it. */
    TokenState after(TokenEvent event, Instant now) {
        TokenState present = stored.at(expiresAt, left, now);
        return present.on(event).orElseThrow(() -> Refusal.of(InputRefusal.TRANSITION_NOT_ALLOWED, "event", present, event));
    }
}
