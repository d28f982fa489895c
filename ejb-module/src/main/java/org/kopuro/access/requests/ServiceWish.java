package org.kopuro.access.requests;

import java.util.Optional;
import org.kopuro.access.NewAccessRight;
import org.kopuro.kernel.Input;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Refusal;
import org.kopuro.participants.SubsystemId;

/**
 * A service that a subsystem wants to call.
 *
 * @param drops   of a CHANGE: wants no longer
 * @param purpose for what it will use the data (ACC-O20): of what a CONNECT or CHANGE wants, and the right is granted for it
 */
public record ServiceWish(SubsystemId subsystem, String service, boolean drops, Optional<String> purpose) {

    public ServiceWish {
        service = Input.text(service, "services.service", 64);
        purpose = purpose.map(words -> Input.text(words, "services.purpose", NewAccessRight.PURPOSE_MAX));
        if (drops && purpose.isPresent()) {
            throw Refusal.of(InputRefusal.FIELD_INVALID, "services.purpose");
        }
    }

    /** For no purpose that is stated. */
    public ServiceWish(SubsystemId subsystem, String service, boolean drops) {
        this(subsystem, service, drops, Optional.empty());
    }
}
