package org.kopuro.notices;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/** The short transactions around the sending of letters: taken before, told after, and none of them open meanwhile. */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class Outbox {

    static final int BATCH = 20;
    /** Longer than a batch takes at a slow server; {@link DeliveryRound} stops before it is over. */
    static final Duration LEASE = Duration.ofMinutes(10);

    @Inject
    private DeliveryStore store;
    @Inject
    private Clock clock;

    /** At most {@value #BATCH} letters that are due and nobody else's. */
    public List<Letter> claim() {
        Instant now = clock.instant();
        return store.claim(UUID.randomUUID(), now, now.plus(LEASE), BATCH);
    }

    public void record(Letter letter, Outcome outcome) {
        Instant now = clock.instant();
        boolean mine = switch (outcome.kind()) {
            case SENT -> store.record(letter, DeliveryState.SENT, Optional.empty(), now, Optional.of(now));
            case REJECTED -> store.record(letter, DeliveryState.REJECTED, outcome.problem(), now, Optional.empty());
            case DEFERRED, BROKEN -> store.record(letter, DeliveryState.PENDING, outcome.problem(),
                    Retry.after(letter.attempts() + 1, letter.createdAt(), now, ThreadLocalRandom.current()), Optional.empty());
        };
        if (mine) {
            Outcome.Kind told = outcome.kind() == Outcome.Kind.BROKEN ? Outcome.Kind.DEFERRED : outcome.kind();
            store.addAttempt(letter, told.name(), outcome.problem(), now);
        }
    }

    public void release(UUID lease) {
        store.release(lease);
    }

    public void serverFailed(String problem) {
        store.serverFailed(problem, clock.instant());
    }

    public void serverWorks() {
        store.serverWorks();
    }

    public void sentSomething() {
        store.lastSent(clock.instant());
    }
}
