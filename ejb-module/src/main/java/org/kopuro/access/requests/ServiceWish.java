package org.kopuro.access.requests;

import org.kopuro.kernel.Input;
import org.kopuro.participants.SubsystemId;

/**
 * A service that a subsystem wants to call.
 *
 * @param drops of a CHANGE: wants no longer
 */
public record ServiceWish(SubsystemId subsystem, String service, boolean drops) {

    public ServiceWish {
        service = Input.text(service, "services.service", 64);
    }
}
