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
import org.kopuro.installation.Turns;

/** Has this node look at tokens' dates every few seconds. */
@Singleton
@Startup
@DependsOn("Migrations")
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class TokenDatesClock {

    private static final int PAUSE_SECONDS = 5;

    @Resource
    private ManagedScheduledExecutorService executor;
    @Inject
    private TokenDates dates;

    private Turns turns;

    @PostConstruct
    void start() {
        turns = Turns.every(PAUSE_SECONDS, "Looking at tokens' dates", executor, dates::look);
    }

    @PreDestroy
    void stop() {
        turns.end();
    }
}
