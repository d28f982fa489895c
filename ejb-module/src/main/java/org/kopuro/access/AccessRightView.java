package org.kopuro.access;

import java.time.LocalDate;
import java.util.Optional;
import org.kopuro.kernel.Contour;
import org.kopuro.participants.SubsystemId;

/** An access right and its state on the day it is shown. */
public record AccessRightView(
        AccessRightId id, SubsystemId subsystem, String serviceCode, Contour contour, LocalDate validFrom, Optional<LocalDate> validTo, Optional<String> purpose,
        AccessRightState state, Optional<String> revokedReason) {

    static AccessRightView of(AccessRight right, LocalDate day) {
        return new AccessRightView(new AccessRightId(right.id), new SubsystemId(right.subsystemId), right.serviceCode, right.contour,
                right.validFrom, Optional.ofNullable(right.validTo), Optional.ofNullable(right.purpose), right.stateOn(day), Optional.ofNullable(right.revokedReason));
    }
}
