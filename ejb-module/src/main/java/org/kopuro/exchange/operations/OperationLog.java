package org.kopuro.exchange.operations;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.function.Consumer;
import org.kopuro.installation.Backlog;

/** Operations of this node that have not been written yet. */
@ApplicationScoped
public class OperationLog {

    private static final int BATCH = 5_000;

    private final Backlog<Operation> waiting = new Backlog<>("operational records");
    private final Backlog<FailedCall> failed = new Backlog<>("failed calls");
    private final Backlog<Stop> stops = new Backlog<>("times of stops");

    /** The answer of a call is ready to leave. */
    public void ended(Operation operation) {
        waiting.add(operation);
    }

    /** A stop was acknowledged. */
    public void stopped(Stop stop) {
        stops.add(stop);
    }

    void drainStops(Consumer<List<Stop>> writing) {
        stops.drain(BATCH, writing);
    }

    public void failed(FailedCall call) {
        failed.add(call);
    }

    void drainFailed(Consumer<List<FailedCall>> writing) {
        failed.drain(BATCH, writing);
    }

    void drain(Consumer<List<Operation>> writing) {
        waiting.drain(BATCH, writing);
    }
}
