package org.kopuro.exchange;

import jakarta.ejb.DependsOn;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.inject.Inject;

/** Keeps the replay table as small as its window, on whichever node comes first each minute. */
@Singleton
@Startup
@DependsOn("Migrations")
public class ReplaySweep {

    @Inject
    private Exchange exchange;

    @Schedule(hour = "*", minute = "*", second = "30", persistent = false)
    void sweep() {
        exchange.sweepReplays();
    }
}
