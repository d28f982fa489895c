package org.kopuro.loans.imports;

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

/** Has this node look for imports that wait, every few seconds, and for files that are kept no longer. */
@Singleton
@Startup
@DependsOn("Migrations")
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class ImportClock {

    private static final int PAUSE_SECONDS = 2;
    private static final int TIDYING_SECONDS = 3600;

    @Resource
    private ManagedScheduledExecutorService executor;
    @Inject
    private ImportRuns runs;

    private Turns working;
    private Turns tidying;

    @PostConstruct
    void start() {
        working = Turns.every(PAUSE_SECONDS, "Importing loans", executor, runs::turn);
        tidying = Turns.every(TIDYING_SECONDS, "Removing files of loans", executor, runs::tidy);
    }

    @PreDestroy
    void stop() {
        working.end();
        tidying.end();
    }
}
