package org.kopuro.loans.headcount;

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
import org.kopuro.kernel.Contour;

/** Has this node look every ten minutes whether this night's sheets were computed again. */
@Singleton
@Startup
@DependsOn("Migrations")
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class SheetClock {

    private static final int PAUSE_SECONDS = 600;

    @Resource
    private ManagedScheduledExecutorService executor;
    @Inject
    private Recomputing recomputing;

    private Turns turns;

    @PostConstruct
    void start() {
        turns = Turns.every(PAUSE_SECONDS, "Computing sheets again", executor, this::turn);
    }

    private void turn() {
        for (Contour contour : Contour.values()) {
            recomputing.round(contour);
        }
    }

    @PreDestroy
    void stop() {
        turns.end();
    }
}
