package org.kopuro.access;

import java.time.LocalDate;
import java.util.Optional;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.Input;
import org.kopuro.kernel.Refusal;
import org.kopuro.participants.SubsystemId;

/**
 * Subsystem, service, contour, period: the four parts without which there is no call.
 *
 * @param purpose what the data may be used for (ACC-O20), where it was stated
 */
public record NewAccessRight(SubsystemId subsystem, String serviceCode, Contour contour, LocalDate validFrom, Optional<LocalDate> validTo, Optional<String> purpose) {

    public static final int PURPOSE_MAX = 500;

    public NewAccessRight {
        serviceCode = Input.text(serviceCode, "service", 64);
        purpose = purpose.map(words -> Input.text(words, "purpose", PURPOSE_MAX));
        if (validTo.isPresent() && validTo.get().isBefore(validFrom)) {
            throw Refusal.of(AccessRefusal.ACCESS_RIGHT_PERIOD_INVALID, "validTo");
        }
    }

    /** For no purpose that anybody stated. */
    public NewAccessRight(SubsystemId subsystem, String serviceCode, Contour contour, LocalDate validFrom, Optional<LocalDate> validTo) {
        this(subsystem, serviceCode, contour, validFrom, validTo, Optional.empty());
    }
}
