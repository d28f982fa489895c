package org.kopuro.access.requests;

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

/** Has this node look at what is due every few seconds, so that a suspension of midnight is one of midnight. Whatever goes wrong is tried again. */
@Singleton
@Startup
@DependsOn("Migrations")
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class DueDatesClock {

    private static final Logger LOG = Logger.getLogger(DueDatesClock.class.getName());
    private static final long PAUSE_SECONDS = 5;
    /** One line in ten minutes tells enough. */
    private static final long TOLD_EVERY = 600 / PAUSE_SECONDS;

    @Resource
    private ManagedScheduledExecutorService executor;
    @Inject
    private DueDates dueDates;

    private ScheduledFuture<?> turns;
    private long failures;

    @PostConstruct
    void start() {
        turns = executor.scheduleWithFixedDelay(this::turn, PAUSE_SECONDS, PAUSE_SECONDS, TimeUnit.SECONDS);
    }

    @PreDestroy
    void stop() {
        turns.cancel(false);
    }

    private void turn() {
        try {
            dueDates.look();
            failures = 0;
        } catch (RuntimeException e) {
            if (failures++ % TOLD_EVERY == 0) {
                LOG.log(Level.WARNING, "Looking at due dates failed {0} times in a row and goes on: {1}", new Object[] {failures, e.getMessage()});
            }
        }
    }
}
