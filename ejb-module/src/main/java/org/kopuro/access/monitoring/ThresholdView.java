package org.kopuro.access.monitoring;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.kopuro.kernel.Contour;
import org.kopuro.participants.SubsystemId;

/** A threshold as it was set; it holds until the next one of its service and subsystem. */
public record ThresholdView(UUID id, long number, Contour contour, String service, Optional<SubsystemId> subsystem, Instant effectiveFrom, Ceilings ceilings, String reason,
        Instant setAt) {
}
