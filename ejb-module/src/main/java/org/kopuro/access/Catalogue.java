package org.kopuro.access;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import org.kopuro.installation.Installation;
import org.kopuro.kernel.Contour;
import org.kopuro.participants.SubsystemId;

/** The catalogue of electronic services with the rules of the day. */
@Stateless
public class Catalogue {

    @Inject
    private CatalogueStore store;
    @Inject
    private Clock clock;

    public List<ServiceView> services() {
        return store.services(today());
    }

    /** The services that a subsystem may call today in a contour, which are those that a token for it can list (CON-12). */
    public List<ServiceView> servicesOf(SubsystemId subsystem, Contour contour) {
        return store.servicesOf(subsystem.value(), contour, today());
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), Installation.ZONE);
    }
}
