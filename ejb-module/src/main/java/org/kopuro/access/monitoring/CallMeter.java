package org.kopuro.access.monitoring;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Calls of this node that ended and have not been counted yet. What does not fit while the database is away is left out, and that is logged. */
@ApplicationScoped
public class CallMeter {

    static final int WAITING_MAX = 100_000;
    private static final Logger LOG = Logger.getLogger(CallMeter.class.getName());

    private final Queue<MeasuredCall> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger size = new AtomicInteger();
    private final AtomicLong leftOut = new AtomicLong();

    /**
     * The answer of a call is ready to leave.
     *
     * @param occurrence of its usage entry, which is committed
     */
    public void ended(UUID occurrence, long latencyNanos, int octetsIn, int octetsOut) {
        keep(new MeasuredCall(occurrence, (int) Math.min(Integer.MAX_VALUE, Math.max(0, latencyNanos / 1_000_000)), octetsIn, octetsOut));
    }

    List<MeasuredCall> take(int most) {
        long lost = leftOut.getAndSet(0);
        if (lost > 0) {
            LOG.log(Level.WARNING, "{0} calls are missing in the statistics of use", lost);
        }
        List<MeasuredCall> taken = new ArrayList<>();
        for (MeasuredCall call; taken.size() < most && (call = waiting.poll()) != null; ) {
            size.decrementAndGet();
            taken.add(call);
        }
        return taken;
    }

    /** What could not be counted; it is tried again. */
    void giveBack(List<MeasuredCall> calls) {
        calls.forEach(this::keep);
    }

    private void keep(MeasuredCall call) {
        if (size.incrementAndGet() > WAITING_MAX) {
            size.decrementAndGet();
            leftOut.incrementAndGet();
            return;
        }
        waiting.add(call);
    }
}
