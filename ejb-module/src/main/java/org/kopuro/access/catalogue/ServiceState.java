package org.kopuro.access.catalogue;

import org.kopuro.access.ServiceView;
import org.kopuro.kernel.Contour;

/** Where a service is in its life, as what is served and whether it is switched on say it. */
public enum ServiceState {
    /** Described, and served nowhere; or served nowhere any more. */
    NOT_SERVED,
    /** Participants can try it, and no real work is done with it. */
    IN_TEST,
    IN_PRODUCTION,
    /** Served, and switched off for now. */
    DISABLED;

    static ServiceState of(ServiceView service) {
        if (service.served().values().stream().allMatch(versions -> versions.isEmpty())) {
            return NOT_SERVED;
        }
        if (!service.enabled()) {
            return DISABLED;
        }
        return service.served().get(Contour.PRODUCTION).isEmpty() ? IN_TEST : IN_PRODUCTION;
    }
}
