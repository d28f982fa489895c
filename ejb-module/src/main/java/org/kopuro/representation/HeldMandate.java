package org.kopuro.representation;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.Inn;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Refusal;

/** A mandate whose state stays as it is until the transaction ends. */
record HeldMandate(MandateId id, Contour contour, Optional<MandateId> parent, Inn taxpayer, Inn grantor, Inn representative, Set<MandateRight> rights, Instant beginsAt, Instant expiresAt,
        MandateState stored, int events) {

    boolean inForce(Instant now) {
        return stored.at(expiresAt, now) == MandateState.IN_FORCE && !now.isBefore(beginsAt);
    }

    /** Refused where the present state does not allow it. */
    MandateState after(MandateEvent event, Instant now) {
        MandateState present = event == MandateEvent.REACH_EXPIRY ? stored : stored.at(expiresAt, now);
        return present.on(event).orElseThrow(() -> Refusal.of(InputRefusal.TRANSITION_NOT_ALLOWED, "event", present, event));
    }

    /** Each party once. */
    List<Inn> parties() {
        return Stream.of(taxpayer, grantor, representative).distinct().toList();
    }
}
