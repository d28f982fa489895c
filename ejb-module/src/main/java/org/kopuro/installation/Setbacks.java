package org.kopuro.installation;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What failed when its moment had come waits before it is tried again: a minute, then two, four, up to six hours, so that those behind it have their turn. Whoever looks for due matters
 * leaves out what waits ({@code installation.waits} in the database), and says how each attempt ended.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class Setbacks {

    /** More than anybody looks through. */
    public static final int LIST_MAX = 10_000;

    private static final Duration SHORTEST = Duration.ofMinutes(1);
    private static final Duration LONGEST = Duration.ofHours(6);
    private static final int DOUBLINGS_MAX = 9;
    /** What was due and is tried no more has settled in another way. */
    private static final Duration UNTRIED = Duration.ofDays(1);
    private static final int PROBLEM_MAX = 200;

    @Inject
    private SetbackStore store;
    @Inject
    private Clock clock;

    /** It failed: it waits, the longer the more often. */
    public void failed(String matter, Throwable cause) {
        Instant now = clock.instant();
        store.forgetUntriedSince(now.minus(UNTRIED));
        int failures = store.count(matter, problem(cause), now);
        store.putOff(matter, now.plus(pause(failures)));
    }

    /** It succeeded after all. */
    public void over(String matter) {
        store.forget(matter);
    }

    /** What failed and has not succeeded since, the longest first. */
    public List<Setback> list() {
        return store.list(clock.instant().minus(UNTRIED), LIST_MAX);
    }

    static Duration pause(int failures) {
        Duration doubled = SHORTEST.multipliedBy(1L << Math.min(failures - 1, DOUBLINGS_MAX));
        return doubled.compareTo(LONGEST) > 0 ? LONGEST : doubled;
    }

    /** The innermost failure's kind, and the database's code and constraint: its sentence may name people. */
    private static String problem(Throwable thrown) {
        Throwable cause = thrown;
        String database = "";
        for (int depth = 0; cause.getCause() != null && depth < 20; depth++) {
            cause = cause.getCause();
            database = cause instanceof SqlFailure failure ? " " + failure.state() + " " + failure.constraint() : database;
        }
        String problem = (cause.getClass().getSimpleName() + (thrown instanceof SqlFailure failure ? " " + failure.state() + " " + failure.constraint() : database)).strip();
        return problem.substring(0, Math.min(problem.length(), PROBLEM_MAX));
    }
}
