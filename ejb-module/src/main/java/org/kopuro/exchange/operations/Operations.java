package org.kopuro.exchange.operations;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.kopuro.installation.Installation;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Refusal;

/** Operational records and the health of services. */
@Stateless
public class Operations {

    public static final int PAGE_MAX = 10_000;
    /** Rows of the newest seconds may still be on their way from another node. */
    static final Duration WITHHELD = Duration.ofSeconds(60);
    /** Of the spread of durations and sizes, as in X-Road. */
    public static final Duration HEALTH_PERIOD = Duration.ofMinutes(10);
    private static final int DAYS_MAX = 366;
    static final int FORGOTTEN_AT_ONCE = 5_000;

    @Inject
    private OperationStore store;
    @Inject
    private OperationLog log;
    @Inject
    private Installation installation;
    @Inject
    private Clock clock;

    /**
     * What was read.
     *
     * @param next from when to read on; present where there may be more
     */
    public record Page(int count, Optional<Instant> next) {
    }

    /** Writes what this node has measured. */
    public void write() {
        log.drain(operations -> store.add(operations, clock.instant()));
        log.drainFailed(store::addFailed);
        log.drainStops(store::addStops);
    }

    /**
     * Gives {@code record} one JSON object after another, in the order in which they were written; at least {@code most}, if there are so many, and then to the
     * end of the second.
     */
    public Page read(OperationFilter filter, int most, Consumer<String> record) {
        OperationStore.Provider provider = new OperationStore.Provider(installation.instance(), installation.memberClass(), installation.memberCode(), installation.subsystemCode());
        Instant until = clock.instant().minus(WITHHELD).truncatedTo(ChronoUnit.SECONDS);
        return store.read(filter, provider, until, Math.max(1, Math.min(most, PAGE_MAX)), record);
    }

    /** Of every service that was ever called in the contour. */
    public List<ServiceHealth> health(Contour contour) {
        return store.health(contour, clock.instant().minus(HEALTH_PERIOD), HEALTH_PERIOD);
    }

    /** Of the last days, as far as they are kept. */
    public List<StopTimes> stopTimes(Contour contour, int days) {
        if (days < 1 || days > DAYS_MAX) {
            throw Refusal.of(InputRefusal.FIELD_INVALID, "days");
        }
        return store.stopTimes(contour, clock.instant().minus(Duration.ofDays(days)));
    }

    /** Removes some of what is no longer kept; how many. */
    public int forget() {
        return store.forget(clock.instant().minus(installation.operationsKept()), FORGOTTEN_AT_ONCE);
    }
}
