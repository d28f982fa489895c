package org.kopuro.verify;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Set;
import org.kopuro.ledger.proof.Unproven;

/** That no entry tells a time long before those that stand before it: somebody would have written it afterwards. */
final class EntryTimes {

    /** Entries stand in the order of their commits: a long transaction, and clocks of several nodes, are allowed for. */
    private static final Duration TOLERANCE = Duration.ofMinutes(10);

    private final Set<Long> acceptedJumps;
    private Instant latest = Instant.MIN;
    private long latestIndex;

    EntryTimes(Collection<Long> acceptedJumps) {
        this.acceptedJumps = Set.copyOf(acceptedJumps);
    }

    void next(long index, Instant at) throws Unproven {
        if (!latest.equals(Instant.MIN) && at.isBefore(latest.minus(TOLERANCE))) {
            if (!acceptedJumps.contains(index)) {
                throw new Unproven("The entry at index " + index + " is back-dated: it says " + at + ", but index " + latestIndex + " before it says " + latest
                        + ". If a clock was set back there, --accept-clock-jump " + index + " goes on.");
            }
            latest = at;
            latestIndex = index;
        }
        if (at.isAfter(latest)) {
            latest = at;
            latestIndex = index;
        }
    }
}
