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
import org.kopuro.installation.Turns;

/** Has this node look at what is due every few seconds, so that a suspension of midnight is one of midnight. */
@Singleton
@Startup
@DependsOn("Migrations")
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class DueDatesClock {

    private static final int PAUSE_SECONDS = 5;

    @Resource
    private ManagedScheduledExecutorService executor;
    @Inject
    private DueDates dueDates;

    private Turns turns;

    @PostConstruct
    void start() {
        turns = Turns.every(PAUSE_SECONDS, "Looking at due dates", executor, dueDates::look);
    }

    @PreDestroy
    void stop() {
        turns.end();
    }
}
