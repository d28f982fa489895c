package org.kopuro.access.monitoring;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.logging.Level;
import java.util.logging.Logger;

/** What the monitoring does by the clock, each matter in a transaction of its own. What fails is told and tried again, and holds up nothing else. */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class MonitoringRound {

    private static final Logger LOG = Logger.getLogger(MonitoringRound.class.getName());

    @Inject
    private CallMeter meter;
    @Inject
    private Uses uses;
    @Inject
    private Limits limits;
    @Inject
    private SharedLimits shared;
    @Inject
    private Signals signals;
    @Inject
    private Clock clock;

    /** Writes what this node has counted, and reads what limits it. */
    public void count() {
        attempt("Counting use", () -> meter.drain(uses::count));
        attempt("Sharing limits", () -> limits.settle(shared.exchange(limits.tell(), limits.former())));
        attempt("Sharing unknown tokens", () -> limits.hearUnknownTokens(shared.exchangeUnknownTokens(limits.tellUnknownTokens(clock.instant()))));
    }

    /** Tries every rule on the windows that have ended since. */
    public void watch() {
        for (String rule : signals.rules()) {
            attempt("Rule " + rule, () -> signals.watch(rule));
        }
    }

    private static void attempt(String what, Runnable matter) {
        try {
            matter.run();
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "{0} failed and is tried again: {1}", new Object[] {what, e.getMessage()});
        }
    }
}
