package org.kopuro.access.duties;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.kopuro.kernel.Input;
import org.kopuro.kernel.Refusal;

/**
 * Work during which services are not available (ACC-90).
 *
 * @param emergencyReason why it cannot wait for the procedure's time; empty where it does
 */
public record NewOutage(Set<String> services, Instant start, Instant end, String reason, Optional<String> emergencyReason) {

    static final Duration LONGEST = Duration.ofDays(31);

    public NewOutage {
        services = ServiceCodes.of(services);
        if (!start.isBefore(end)) {
            throw Refusal.of(DutyRefusal.OUTAGE_REVERSED, "end");
        }
        if (Duration.between(start, end).compareTo(LONGEST) > 0) {
            throw Refusal.of(DutyRefusal.OUTAGE_TOO_LONG, "end", LONGEST.toDays());
        }
        reason = Input.lines(reason, "reason", 4000);
        emergencyReason = emergencyReason.map(text -> Input.lines(text, "emergencyReason", 1000));
    }
}
