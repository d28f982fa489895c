package org.kopuro.notices;

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
import org.kopuro.installation.Installation;

/** Has this node look for letters every few seconds. Whatever goes wrong is tried again at the next turn: letters wait where they were committed. */
@Singleton
@Startup
@DependsOn("Migrations")
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class DeliveryClock {

    private static final Logger LOG = Logger.getLogger(DeliveryClock.class.getName());
    private static final long PAUSE_SECONDS = 5;
    /** One line in five minutes tells enough. */
    private static final long TOLD_EVERY = 300 / PAUSE_SECONDS;

    @Resource
    private ManagedScheduledExecutorService executor;
    @Inject
    private DeliveryRound round;
    @Inject
    private Installation installation;

    private ScheduledFuture<?> turns;
    private long failures;

    @PostConstruct
    void start() {
        if (installation.smtp().isEmpty()) {
            LOG.log(Level.INFO, "No mail server is set (KOPURO_SMTP_HOST): notices stay in the cabinet, and their letters wait.");
            return;
        }
        turns = executor.scheduleWithFixedDelay(this::turn, PAUSE_SECONDS, PAUSE_SECONDS, TimeUnit.SECONDS);
    }

    @PreDestroy
    void stop() {
        if (turns != null) {
            turns.cancel(false);
        }
    }

    private void turn() {
        try {
            round.turn();
            failures = 0;
        } catch (RuntimeException e) {
            if (failures++ % TOLD_EVERY == 0) {
                LOG.log(Level.WARNING, "Letters could not be sent {0} times in a row; they wait and are tried again: {1}", new Object[] {failures, e.getMessage()});
            }
        }
    }
}
