package org.kopuro.representation;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Writes down what time has brought about: terms that are over, parties who are no more. Nothing that somebody wants to do under a mandate waits for it. */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class MandateDates {

    private static final Logger LOG = Logger.getLogger(MandateDates.class.getName());

    @Inject
    private Mandates mandates;

    public MandateDates() {
    }

    MandateDates(Mandates mandates) {
        this.mandates = mandates;
    }

    /**
     * One look; how much was written. Mandate by mandate, so that no two of them are held at once; of what several nodes find, one writes. What fails is told and tried again at the next
     * look, and holds up no other.
     */
    public int look() {
        return (int) mandates.due().stream().filter(this::fallDue).count();
    }

    private boolean fallDue(MandateId id) {
        try {
            return mandates.fallDue(id);
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "What is due for mandate {0} failed and is tried again: {1}", new Object[] {id.value(), e.getMessage()});
            return false;
        }
    }
}
