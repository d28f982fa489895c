package org.kopuro.exchange.edge;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.kopuro.exchange.Exchange;

/** An answer that could not be kept, and does not leave. */
@ApplicationScoped
public class Unsent {

    private static final Logger LOG = Logger.getLogger(Unsent.class.getName());

    @Inject
    private Exchange exchange;

    /** Has the log corrected, if that can be done now; a clock does it later. The caller is told of the failure either way. */
    public void tell(UUID occurrence) {
        try {
            exchange.notSent(occurrence);
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "{0} was not sent, and is not corrected yet: {1}", new Object[] {occurrence, e.getMessage()});
        }
    }
}
