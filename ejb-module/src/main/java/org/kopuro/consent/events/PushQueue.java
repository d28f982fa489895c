package org.kopuro.consent.events;

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

/** The short transactions around pushing: taken before, told after, and none of them open meanwhile. */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class PushQueue {

    private static final int BATCH = 50;
    /** Longer than a turn takes: what a node that died had claimed waits for so long. */
    private static final Duration LEASE = Duration.ofMinutes(15);
    private static final Duration FIRST_PAUSE = Duration.ofMinutes(1);
    private static final Duration LONGEST_PAUSE = Duration.ofHours(6);

    @Inject
    private EventStore store;
    @Inject
    private Clock clock;

    public List<Receiver> receivers() {
        return store.receivers(clock.instant());
    }

    public List<Push> claim(Receiver receiver) {
        store.number(receiver.participant(), receiver.contour());
        return store.claim(receiver, UUID.randomUUID(), clock.instant(), LEASE, BATCH);
    }

    public void pushed(Push push) {
        store.pushed(push, clock.instant());
    }

    /** What was claimed with it, and not tried, is anybody's again. */
    public void leave(Push push) {
        store.leave(push);
    }

    /** What else is due at that server waits for a while, too: one attempt shows how it is. */
    public void failed(Push push, String problem) {
        Instant now = clock.instant();
        store.failed(push, problem, next(push.event(), now));
        store.pause(push, now.plus(FIRST_PAUSE));
    }

    /** Twice as long as the time before, within bounds; none after {@link ConsentEvents#PUSHED_FOR}. */
    static Optional<Instant> next(ConsentEventView event, Instant now) {
        Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(event.attempts(), 10));
        Instant next = now.plus(pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause);
        return Optional.of(next).filter(moment -> moment.isBefore(event.at().plus(ConsentEvents.PUSHED_FOR)));
    }
}
