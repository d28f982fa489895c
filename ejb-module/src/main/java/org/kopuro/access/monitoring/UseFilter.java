package org.kopuro.access.monitoring;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Refusal;
import org.kopuro.participants.ParticipantId;

/** Hours that begin from {@code from} until before {@code to}, at most {@value #DAYS_MAX} days of them. */
public record UseFilter(Contour contour, Instant from, Instant to, Optional<ParticipantId> participant, Optional<String> service) {

    static final int DAYS_MAX = 92;

    public UseFilter {
        if (!from.isBefore(to) || Duration.between(from, to).compareTo(Duration.ofDays(DAYS_MAX)) > 0) {
            throw Refusal.of(InputRefusal.FIELD_INVALID, "to");
        }
    }

    UseFilter of(Optional<ParticipantId> one) {
        return new UseFilter(contour, from, to, one, service);
    }
}
