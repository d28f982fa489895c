package org.kopuro.notices;

import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;

/**
 * When to try again: after a minute, then two, four, eight, up to six hours; after three days once a day. A quarter more or less by
 * chance, so that what failed together does not come back together.
 */
final class Retry {

    static final Duration SHORTEST = Duration.ofMinutes(1);
    static final Duration LONGEST = Duration.ofHours(6);
    static final Duration OF_THE_STUCK = Duration.ofDays(1);
    private static final int DOUBLINGS_MAX = 9;

    private Retry() {
    }

    /** @param failures how many there were, this one included */
    static Instant after(int failures, Instant createdAt, Instant now, RandomGenerator chance) {
        boolean stuck = !createdAt.plus(Notices.PATIENCE).isAfter(now);
        Duration doubled = SHORTEST.multipliedBy(1L << Math.min(failures - 1, DOUBLINGS_MAX));
        Duration usual = stuck ? OF_THE_STUCK : doubled.compareTo(LONGEST) > 0 ? LONGEST : doubled;
        long millis = (long) (usual.toMillis() * (0.75 + chance.nextDouble() / 2));
        Duration most = stuck ? OF_THE_STUCK : LONGEST;
        return now.plusMillis(Math.max(SHORTEST.toMillis(), Math.min(millis, most.toMillis())));
    }
}
