package org.kopuro.exchange.operations;

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

/** Has this node write what it has measured every few seconds, and whichever node comes first remove what is no longer kept. */
@Singleton
@Startup
@DependsOn("Migrations")
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class OperationClock {

    private static final int WRITE_SECONDS = 5;
    private static final int FORGET_SECONDS = 600;

    @Resource
    private ManagedScheduledExecutorService executor;
    @Inject
    private Operations operations;

    private Turns writing;
    private Turns forgetting;

    @PostConstruct
    void start() {
        writing = Turns.every(WRITE_SECONDS, "Writing operational records", executor, operations::write);
        forgetting = Turns.every(FORGET_SECONDS, "Removing operational records", executor, this::forget);
    }

    @PreDestroy
    void stop() {
        forgetting.end();
        writing.end();
        operations.write();
    }

    private void forget() {
        while (operations.forget() == Operations.FORGOTTEN_AT_ONCE) {
            Thread.onSpinWait();
        }
    }
}
