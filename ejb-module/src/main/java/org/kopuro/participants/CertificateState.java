package org.kopuro.participants;

import java.util.Optional;

/**
 * A certificate is good while REGISTERED and within its own validity; BLOCKED stops it at once and can be undone. ENDED it is with its participant's last
 * connection to the contour, for ever: a new connection needs new certificates (ACC-T35).
 */
public enum CertificateState {
    REGISTERED, BLOCKED, ENDED;

    /** The state after {@code event}, or empty when this state does not allow it. */
    public Optional<CertificateState> on(CertificateEvent event) {
        return switch (event) {
            case REGISTER -> Optional.empty();
            case BLOCK -> this == REGISTERED ? Optional.of(BLOCKED) : Optional.empty();
            case UNBLOCK -> this == BLOCKED ? Optional.of(REGISTERED) : Optional.empty();
            case END -> this == ENDED ? Optional.empty() : Optional.of(ENDED);
        };
    }
}
