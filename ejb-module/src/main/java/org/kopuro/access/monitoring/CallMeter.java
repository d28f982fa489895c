package org.kopuro.access.monitoring;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.kopuro.installation.Backlog;

/** Calls of this node that ended and have not been counted yet. */
@ApplicationScoped
public class CallMeter {

    private static final int BATCH = 5_000;

    private final Backlog<MeasuredCall> waiting = new Backlog<>("calls in the statistics of use");

    /**
     * The answer of a call is ready to leave.
     *
     * @param occurrence of its usage entry, which is committed
     */
    public void ended(UUID occurrence, long latencyNanos, int octetsIn, int octetsOut) {
        waiting.add(new MeasuredCall(occurrence, (int) Math.min(Integer.MAX_VALUE, Math.max(0, latencyNanos / 1_000_000)), octetsIn, octetsOut));
    }

    void drain(Consumer<List<MeasuredCall>> counting) {
        waiting.drain(BATCH, counting);
    }
}
