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

/** Has this node look for added peppers: beside the calls, because a call that looked when it does not know a token would tell by its time that it does not. */
@Singleton
@Startup
@DependsOn("PepperCheck")
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class PepperClock {

    private static final int SECONDS = 5;

    @Resource
    private ManagedScheduledExecutorService executor;
    @Inject
    private PepperCheck peppers;

    private Turns turns;

    @PostConstruct
    void start() {
        turns = Turns.every(SECONDS, "Looking for added peppers", executor, peppers::readAnew);
    }

    @PreDestroy
    void stop() {
        turns.end();
    }
}
