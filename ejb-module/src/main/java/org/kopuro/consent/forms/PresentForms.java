package org.kopuro.consent.forms;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import java.util.UUID;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.Inn;

/** What the exchange asks of form consents while it answers a call, in the call's own transaction (CON-43). */
@Stateless
public class PresentForms {

    @Inject
    private FormStore store;

    /** The consent on which a call is judged; nothing happens to it until the call is committed. Empty where there never was one. */
    public Optional<PresentForm> find(Contour contour, UUID participant, UUID subsystem, Inn taxpayer, String service, Instant now) {
        return store.present(contour, participant, subsystem, taxpayer, service).stream().min(PresentForm.bestAt(now));
    }

    /** Counts one disclosure; false, and nothing counted, when the day's ceiling of the service is reached (step 12 of CON-42). */
    public boolean countDisclosure(UUID form, String serviceCode, LocalDate day, int ceiling) {
        return store.countDisclosure(form, serviceCode, day, ceiling);
    }
}
