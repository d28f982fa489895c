package org.kopuro.ledger;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.inject.Inject;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Has this node look for new entries several times a second, so that an entry is covered by a checkpoint within a second. Whatever goes
 * wrong is tried again at the next turn: entries wait where they were committed.
 */
@Singleton
@Startup
@DependsOn("Migrations")
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class SequencerClock {

    private static final Logger LOG = Logger.getLogger(SequencerClock.class.getName());
    private static final long PAUSE_MILLIS = 250;
    /** One line a minute tells enough. */
    private static final long TOLD_EVERY = 60_000 / PAUSE_MILLIS;

    @Resource
    private ManagedScheduledExecutorService executor;
    @Inject
    private Sequencer sequencer;

    private ScheduledFuture<?> turns;
    private long failures;

    @PostConstruct
    void start() {
        sequencer.announceKeys();
        turns = executor.scheduleWithFixedDelay(this::turn, 0, PAUSE_MILLIS, TimeUnit.MILLISECONDS);
    }

    @PreDestroy
    void stop() {
        turns.cancel(false);
    }

    private void turn() {
        try {
            int integrated;
            do {
                integrated = sequencer.integrate();
            } while (integrated == Sequencer.BATCH_MAX);
            failures = 0;
        } catch (RuntimeException e) {
            if (failures++ % TOLD_EVERY == 0) {
                LOG.log(Level.WARNING, "The ledger's sequencer failed {0} times in a row and goes on trying: {1}", new Object[] {failures, e.getMessage()});
            }
        }
    }
}
