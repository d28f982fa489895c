package org.kopuro.representation;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;

/** Writes down what time has brought about: terms that are over, parties who are no more. Nothing that somebody wants to do under a mandate waits for it. */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class MandateDates {

    @Inject
    private Mandates mandates;

    /** One look; how much was written. Mandate by mandate, so that no two of them are held at once; of what several nodes find, one writes. */
    public int look() {
        return (int) mandates.due().stream().filter(mandates::fallDue).count();
    }
}
