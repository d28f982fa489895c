package org.kopuro.consent.forms;

import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.UUID;
import org.kopuro.consent.ConsentRefusal;
import org.kopuro.kernel.Refusal;

/**
 * A form consent of the taxpayer for the caller and the service, as it stands at the moment of a call, which holds it.
 *
 * @param paused whether its taxpayer has paused all
 */
public record PresentForm(UUID id, String taxpayerInn, FormState state, Instant receivedAt, Instant expiresAt, Optional<Instant> endedAt, boolean paused) {

    /** Of several: one that permits the call, else the one whose state says best why nothing does. */
    static Comparator<PresentForm> bestAt(Instant now) {
        return Comparator.<PresentForm>comparingInt(form -> form.refusalAt(now).map(refusal -> switch ((ConsentRefusal) refusal.code()) {
            case CONSENT_FROZEN -> 1;
            case CONSENT_DISPUTED -> 2;
            default -> 3;
        }).orElse(0)).thenComparing(PresentForm::receivedAt, Comparator.reverseOrder());
    }

    /** Why it permits nothing, if it does not (CON-43). */
    public Optional<Refusal> refusalAt(Instant now) {
        return switch (state.at(expiresAt, now)) {
            case REGISTERED -> paused ? refuse(ConsentRefusal.CONSENT_FROZEN) : Optional.empty();
            case DISPUTED -> refuse(ConsentRefusal.CONSENT_DISPUTED);
            case WITHDRAWN -> refuse(ConsentRefusal.CONSENT_WITHDRAWN);
            case EXPIRED -> refuse(ConsentRefusal.CONSENT_EXPIRED);
            case RECEIVED, REJECTED -> refuse(ConsentRefusal.CONSENT_REQUIRED);
        };
    }

    /** When it came to its end, if it has. */
    public Optional<Instant> endAt(Instant now) {
        return endedAt.isEmpty() && state.at(expiresAt, now) == FormState.EXPIRED ? Optional.of(expiresAt) : endedAt;
    }

    private static Optional<Refusal> refuse(ConsentRefusal code) {
        return Optional.of(Refusal.of(code, "inn"));
    }
}
