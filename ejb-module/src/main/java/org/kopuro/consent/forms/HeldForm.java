package org.kopuro.consent.forms;

import java.time.Instant;
import java.util.UUID;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Refusal;

/** A registered form consent to which nothing happens until the transaction ends. */
record HeldForm(FormId id, Contour contour, String taxpayerInn, UUID participant, FormState stored, int events, Instant expiresAt) {

    /** Refused where the present state does not allow it. */
    FormState after(FormEvent event, Instant now) {
        FormState present = stored.at(expiresAt, now);
        return present.on(event).orElseThrow(() -> Refusal.of(InputRefusal.TRANSITION_NOT_ALLOWED, "event", present, event));
    }
}
