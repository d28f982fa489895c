package org.kopuro.notices;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How long this node leaves a mail server alone that it could not use: five seconds, then twice as long each time, up to two minutes. So
 * long does a server that is back wait for its letters at most.
 */
@ApplicationScoped
class MailCircuit {

    static final Duration LONGEST = Duration.ofMinutes(2);
    private static final long SHORTEST_MILLIS = 5_000;
    private static final int DOUBLINGS_MAX = 5;

    private int failures;
    private Instant openUntil = Instant.MIN;

    synchronized boolean isOpen(Instant now) {
        return now.isBefore(openUntil);
    }

    /** True where it worked before. */
    synchronized boolean failed(Instant now) {
        boolean first = failures == 0;
        long usual = Math.min(SHORTEST_MILLIS << Math.min(failures++, DOUBLINGS_MAX), LONGEST.toMillis());
        openUntil = now.plusMillis((long) (usual * (0.75 + ThreadLocalRandom.current().nextDouble() / 4)));
        return first;
    }

    /** True where it had failed before. */
    synchronized boolean worked() {
        boolean recovered = failures > 0;
        failures = 0;
        openUntil = Instant.MIN;
        return recovered;
    }
}
