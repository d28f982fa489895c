package org.kopuro.exchange;

import jakarta.ejb.DependsOn;
import jakarta.ejb.EJBException;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Keeps the replay table as small as its window, on whichever node comes first each minute. */
@Singleton
@Startup
@DependsOn("Migrations")
public class ReplaySweep {

    private static final Logger LOG = Logger.getLogger(ReplaySweep.class.getName());

    @Inject
    private Exchange exchange;

    /** Outside a transaction, and never failing: the server gives up a timer for good that failed twice. */
    @Schedule(hour = "*", minute = "*", second = "30", persistent = false)
    @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
    void sweep() {
        try {
            exchange.sweepReplays();
        } catch (EJBException e) {
            LOG.log(Level.WARNING, "The replay table was not swept this minute: {0}", e.getMessage());
        }
    }
}
