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
import org.kopuro.installation.Turns;

/** Has this node count every few seconds and look for signals every minute. The first time before it answers a call, so that limits hold from the first one on. */
@Singleton
@Startup
@DependsOn("Migrations")
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class MonitoringClock {

    private static final int PAUSE_SECONDS = 5;
    private static final int WATCH_EVERY = 60 / PAUSE_SECONDS;

    @Resource
    private ManagedScheduledExecutorService executor;
    @Inject
    private MonitoringRound round;

    private Turns turns;
    private long turn;

    @PostConstruct
    void start() {
        round.count();
        turns = Turns.every(PAUSE_SECONDS, "The monitoring", executor, this::turn);
    }

    @PreDestroy
    void stop() {
        turns.end();
        round.count();
    }

    private void turn() {
        round.count();
        if (turn++ % WATCH_EVERY == 0) {
            round.watch();
        }
    }
}
