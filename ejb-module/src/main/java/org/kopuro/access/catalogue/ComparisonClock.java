package org.kopuro.access.catalogue;

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

/** Has this node see every few minutes whether a comparison with the exchange is due. */
@Singleton
@Startup
@DependsOn("Migrations")
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class ComparisonClock {

    private static final Logger LOG = Logger.getLogger(ComparisonClock.class.getName());
    private static final long PAUSE_MINUTES = 10;

    @Resource
    private ManagedScheduledExecutorService executor;
    @Inject
    private Comparisons comparisons;

    private ScheduledFuture<?> turns;

    @PostConstruct
    void start() {
        turns = executor.scheduleWithFixedDelay(this::turn, 1, PAUSE_MINUTES, TimeUnit.MINUTES);
    }

    @PreDestroy
    void stop() {
        turns.cancel(false);
    }

    private void turn() {
        try {
            comparisons.compareIfDue();
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "The comparison with the exchange''s catalogue failed and is tried again: {0}", e.getMessage());
        }
    }
}
