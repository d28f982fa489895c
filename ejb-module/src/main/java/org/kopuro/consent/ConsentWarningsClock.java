package org.kopuro.consent;

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
import org.kopuro.consent.events.Receiver;
import org.kopuro.installation.Turns;

/** Has this node look every minute for what is to be told of consents. One receiver whose letter cannot be written keeps no other from its own. */
@Singleton
@Startup
@DependsOn("Migrations")
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class ConsentWarningsClock {

    private static final int PAUSE_SECONDS = 60;

    @Resource
    private ManagedScheduledExecutorService executor;
    @Inject
    private ConsentWarnings warnings;

    private Turns turns;

    @PostConstruct
    void start() {
        turns = Turns.every(PAUSE_SECONDS, "Telling of consents", executor, this::turn);
    }

    @PreDestroy
    void stop() {
        turns.end();
    }

    private void turn() {
        RuntimeException failure = null;
        for (Receiver receiver : warnings.due()) {
            try {
                warnings.tell(receiver);
            } catch (RuntimeException e) {
                failure = e;
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
