package org.kopuro.consent.retention;

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

/** Has this node erase what is due, every ten minutes and round after round until nothing is. */
@Singleton
@Startup
@DependsOn("Migrations")
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class RetentionClock {

    private static final int PAUSE_SECONDS = 600;
    /** A turn ends even if rows become due faster than they are erased; the next turn goes on. */
    private static final int ROUNDS_MAX = 1_000;

    @Resource
    private ManagedScheduledExecutorService executor;
    @Inject
    private Retention retention;

    private Turns turns;

    @PostConstruct
    void start() {
        turns = Turns.every(PAUSE_SECONDS, "Erasing what was kept long enough", executor, this::erase);
    }

    private void erase() {
        int rounds = 0;
        while (rounds < ROUNDS_MAX && retention.round().isPresent()) {
            rounds++;
        }
    }

    @PreDestroy
    void stop() {
        turns.end();
    }
}
