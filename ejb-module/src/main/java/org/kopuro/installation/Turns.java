package org.kopuro.installation;

import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Something that a node does again and again; whatever goes wrong is tried again at the next turn. A pause lies between the end of one and the beginning of the next. */
public final class Turns {

    private static final Logger LOG = Logger.getLogger(Turns.class.getName());
    /** One line in ten minutes tells enough. */
    private static final long TOLD_EVERY_SECONDS = 600;

    private final String what;
    private final Runnable turn;
    private final long toldEvery;
    private ScheduledFuture<?> future;
    private long failures;

    private Turns(String what, Runnable turn, long toldEvery) {
        this.what = what;
        this.turn = turn;
        this.toldEvery = toldEvery;
    }

    /** @param what for the log: “Looking at due dates” */
    public static Turns every(int seconds, String what, ScheduledExecutorService executor, Runnable turn) {
        Turns turns = new Turns(what, turn, Math.max(1, TOLD_EVERY_SECONDS / seconds));
        turns.future = executor.scheduleWithFixedDelay(turns::take, seconds, seconds, TimeUnit.SECONDS);
        return turns;
    }

    public void end() {
        future.cancel(false);
    }

    private void take() {
        try {
            turn.run();
            failures = 0;
        } catch (RuntimeException | Error e) {
            // An Error, too: an executor drops without a word what has once thrown, and nothing would be done on this node any more.
            if (failures++ % toldEvery == 0) {
                LOG.log(Level.WARNING, "{0} failed {1} times in a row and goes on: {2}", new Object[] {what, failures, e});
            }
        }
    }
}
