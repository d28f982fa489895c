package org.kopuro.consent.forms;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.kopuro.installation.Installation;
import org.kopuro.kernel.Actor;

/** Writes down what time has brought about (CON-T24, CON-T28). No call waits for it. Any node may look at any time; what one holds the others leave alone. */
@Stateless
public class FormDates {

    private static final int AT_ONCE = 500;

    @Inject
    private FormStore store;
    @Inject
    private FormChanges changes;
    @Inject
    private Clock clock;

    /** One look, in a transaction of its own; how much was written, which is {@code AT_ONCE} or more where there may be more. */
    @TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
    public int look() {
        Instant now = clock.instant();
        return write(store.expired(now, AT_ONCE), FormEvent.REACH_EXPIRY, FormState.EXPIRED, now)
                + write(store.ofEndedTaxpayers(LocalDate.ofInstant(now, Installation.ZONE), now, AT_ONCE), FormEvent.END_SUBJECT, FormState.WITHDRAWN, now);
    }

    private int write(List<HeldForm> forms, FormEvent event, FormState to, Instant at) {
        forms.forEach(form -> changes.apply(form, event, to, at, Actor.SYSTEM, ""));
        return forms.size();
    }
}
