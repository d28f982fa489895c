package org.kopuro.access.monitoring;

import java.time.Instant;
import java.util.Optional;
import org.kopuro.kernel.Input;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Refusal;
import org.kopuro.participants.SubsystemId;

/**
 * How much of a service may be used.
 *
 * @param subsystem     by whom; empty for the default of the service
 * @param effectiveFrom empty for at once
 */
public record NewThreshold(String service, Optional<SubsystemId> subsystem, Optional<Instant> effectiveFrom, Ceilings ceilings, String reason) {

    public NewThreshold {
        service = Input.text(service, "service", 64);
        reason = Input.text(reason, "reason", 1000);
        check(ceilings.callsPerSecond(), "callsPerSecond", 10_000);
        check(ceilings.callsPerHour(), "callsPerHour", Integer.MAX_VALUE);
        check(ceilings.callsPerDay(), "callsPerDay", Integer.MAX_VALUE);
        check(ceilings.taxpayersPerDay(), "taxpayersPerDay", 100_000);
    }

    private static void check(Optional<Integer> ceiling, String field, int most) {
        if (ceiling.filter(value -> value < 1 || value > most).isPresent()) {
            throw Refusal.of(InputRefusal.FIELD_INVALID, field);
        }
    }
}
