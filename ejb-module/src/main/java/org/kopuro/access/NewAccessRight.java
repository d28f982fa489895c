package org.kopuro.access;

import java.time.LocalDate;
import java.util.Optional;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.Input;
import org.kopuro.kernel.Refusal;
import org.kopuro.participants.SubsystemId;

/** Subsystem, service, contour, period: the four parts without which there is no call. */
public record NewAccessRight(SubsystemId subsystem, String serviceCode, Contour contour, LocalDate validFrom, Optional<LocalDate> validTo) {

    public NewAccessRight {
        serviceCode = Input.text(serviceCode, "service", 64);
        if (validTo.isPresent() && validTo.get().isBefore(validFrom)) {
            throw Refusal.of(AccessRefusal.ACCESS_RIGHT_PERIOD_INVALID, "validTo");
        }
    }
}
