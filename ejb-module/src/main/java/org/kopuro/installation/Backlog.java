package org.kopuro.installation;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * What a node has still to write, so that nobody waits for its writing: statistics, never evidence. Bounded; what does not fit while the database is away is
 * left out, and that is logged.
 */
public final class Backlog<T> {

    /** Waiting at most. */
    public static final int MAX = 100_000;
    private static final Logger LOG = Logger.getLogger(Backlog.class.getName());

    private final String what;
    private final Queue<T> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger size = new AtomicInteger();
    private final AtomicLong leftOut = new AtomicLong();

    /** @param what for the log: “calls in the statistics of use” */
    public Backlog(String what) {
        this.what = what;
    }

    public void add(T one) {
        if (size.incrementAndGet() > MAX) {
            size.decrementAndGet();
            leftOut.incrementAndGet();
            return;
        }
        waiting.add(one);
    }

    /** Has {@code writing} write all that waits, in batches; what it fails to write goes on waiting. */
    public void drain(int batch, Consumer<List<T>> writing) {
        List<T> taken;
        do {
            taken = take(batch);
            try {
                writing.accept(taken);
            } catch (RuntimeException e) {
                taken.forEach(this::add);
                throw e;
            }
        } while (taken.size() == batch);
    }

    private List<T> take(int most) {
        long lost = leftOut.getAndSet(0);
        if (lost > 0) {
            LOG.log(Level.WARNING, "{0} {1} are missing", new Object[] {lost, what});
        }
        List<T> taken = new ArrayList<>();
        for (T one; taken.size() < most && (one = waiting.poll()) != null; ) {
            size.decrementAndGet();
            taken.add(one);
        }
        return taken;
    }
}
