package org.kopuro.exchange.evidence;

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

/** Removes octets whose retention is over, in batches, on whichever node comes first every ten minutes. */
@Singleton
@Startup
@DependsOn("Migrations")
public class MessageSweep {

    private static final Logger LOG = Logger.getLogger(MessageSweep.class.getName());
    /** A turn ends even if rows become due faster than they are removed; the next turn goes on. */
    private static final int BATCHES_MAX = 1_000;

    @Inject
    private MessageLog messages;

    /** Outside a transaction, and never failing: the server gives up a timer for good that failed twice. */
    @Schedule(hour = "*", minute = "*/10", second = "40", persistent = false)
    @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
    void sweep() {
        try {
            int batches = 0;
            while (messages.forget() == MessageLog.BATCH && ++batches < BATCHES_MAX) {
                LOG.log(Level.FINE, "{0} batches of messages removed", batches);
            }
        } catch (EJBException e) {
            LOG.log(Level.WARNING, "The message log was not swept this time: {0}", e.getMessage());
        }
    }
}
