package org.kopuro.exchange;

import jakarta.ejb.DependsOn;
import jakarta.ejb.EJBException;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Corrects the log where a node could neither keep an answer nor say so: the database was away, or the node died in between. Any node may; an entry is corrected once. */
@Singleton
@Startup
@DependsOn("Migrations")
public class UnsentClock {

    private static final Logger LOG = Logger.getLogger(UnsentClock.class.getName());

    @Inject
    private Exchange exchange;

    /** Outside a transaction, and never failing: the server gives up a timer for good that failed twice. */
    @Schedule(hour = "*", minute = "*/5", second = "50", persistent = false)
    @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
    void correct() {
        try {
            exchange.unsent().forEach(this::correct);
        } catch (EJBException e) {
            LOG.log(Level.WARNING, "Answers that never left were not looked for this time: {0}", e.getMessage());
        }
    }

    /** One that fails keeps no other waiting. */
    private void correct(UUID occurrence) {
        try {
            exchange.notSent(occurrence);
        } catch (EJBException e) {
            LOG.log(Level.WARNING, "Disclosure {0}, which never left, was not corrected this time: {1}", new Object[] {occurrence, e.getMessage()});
        }
    }
}
