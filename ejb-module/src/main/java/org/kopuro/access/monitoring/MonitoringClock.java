package org.kopuro.access.monitoring;

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

/** Has this node count every few seconds and look for signals every minute. The first time before it answers a call, so that limits hold from the first one on. */
@Singleton
@Startup
@DependsOn("Migrations")
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class MonitoringClock {

    private static final Logger LOG = Logger.getLogger(MonitoringClock.class.getName());
    private static final long PAUSE_SECONDS = 5;
    private static final long WATCH_EVERY = 60 / PAUSE_SECONDS;

    @Resource
    private ManagedScheduledExecutorService executor;
    @Inject
    private MonitoringRound round;

    private ScheduledFuture<?> turns;
    private long turn;

    @PostConstruct
    void start() {
        round.count();
        turns = executor.scheduleWithFixedDelay(this::turn, PAUSE_SECONDS, PAUSE_SECONDS, TimeUnit.SECONDS);
    }

    @PreDestroy
    void stop() {
        turns.cancel(false);
        round.count();
    }

    private void turn() {
        try {
            round.count();
            if (turn++ % WATCH_EVERY == 0) {
                round.watch();
            }
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "The monitoring failed and goes on: {0}", e.getMessage());
        }
    }
}
