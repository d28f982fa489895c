package org.kopuro.testing;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.kopuro.exchange.Answer;
import org.kopuro.kernel.RefusalCode;
import org.kopuro.ledger.Sequencer;

/**
 * Two nodes before one database, each with a pool of its own, on which calls never cease while somebody stops them over either. A check is a whole call, its
 * disclosure's transaction included; when it began, and when a stop was acknowledged, is told by one clock that never jumps.
 */
public final class TwoNodes implements AutoCloseable {

    private static final int CHECKERS_PER_NODE = Integer.getInteger("kopuro.checkers", 2);
    /** Begun after the acknowledgement, by each checker. */
    private static final int LATE_CHECKS = 3;
    private static final long PATIENCE_SECONDS = 60;

    private final List<TestApplication> nodes;
    private final ExecutorService threads = Executors.newFixedThreadPool(2 * CHECKERS_PER_NODE);
    private final Random random = new Random();
    private final List<Round> rounds = new ArrayList<>();

    public TwoNodes(String contours, Instant now) {
        nodes = List.of(TestApplication.node(contours, now, TestDatabase.shared().url()), TestApplication.node(contours, now, TestDatabase.shared().url()));
    }

    /** @param refusal empty where data were disclosed */
    public record Check(long began, long ended, Optional<RefusalCode> refusal) {

        public boolean disclosed() {
            return refusal.isEmpty();
        }
    }

    /** What was seen around one stop: when it was asked for and acknowledged, and every check. */
    public record Round(long asked, long acknowledged, List<Check> checks) {

        public List<Check> late() {
            return checks.stream().filter(check -> check.began() > acknowledged).toList();
        }

        public long inFlight() {
            return checks.stream().filter(check -> check.began() < acknowledged && check.ended() > acknowledged).count();
        }

        public long disclosed() {
            return checks.stream().filter(Check::disclosed).count();
        }

        /** From the acknowledgement until the last check that was answered with data began: never above zero. */
        long lastDisclosed() {
            return checks.stream().filter(Check::disclosed).mapToLong(Check::began).max().orElseThrow() - acknowledged;
        }
    }

    public TestApplication node(int number) {
        return nodes.get(number % nodes.size());
    }

    /**
     * Lets all checkers of both nodes check, stops somewhere in the middle, and lets them check on.
     *
     * @param number of the round; the nodes take turns in stopping
     * @param checks so many at least
     * @param check  prepares a call, which begins when its function is called
     */
    public Round round(int number, int checks, Supplier<Function<TestApplication, Answer<?>>> check, Consumer<TestApplication> stop) throws InterruptedException, ExecutionException, TimeoutException {
        Progress progress = new Progress(checks);
        List<Future<List<Check>>> checkers = new ArrayList<>();
        for (int i = 0; i < nodes.size() * CHECKERS_PER_NODE; i++) {
            TestApplication node = node(i);
            checkers.add(threads.submit(() -> check(node, check, progress)));
        }
        long asked;
        try {
            progress.waitFor(1 + random.nextInt(Math.max(1, checks / 2)), checkers);
            asked = System.nanoTime();
            stop.accept(node(number));
            progress.acknowledged = System.nanoTime();
        } catch (RuntimeException e) {
            progress.givenUp = true;
            throw e;
        }
        List<Check> all = new ArrayList<>();
        for (Future<List<Check>> checker : checkers) {
            all.addAll(checker.get(PATIENCE_SECONDS, TimeUnit.SECONDS));
        }
        Round round = new Round(asked, progress.acknowledged, all);
        rounds.add(round);
        return round;
    }

    private static List<Check> check(TestApplication node, Supplier<Function<TestApplication, Answer<?>>> check, Progress progress) {
        List<Check> checks = new ArrayList<>();
        int late = 0;
        while (!progress.givenUp && (late < LATE_CHECKS || progress.done.get() < progress.wanted)) {
            Function<TestApplication, Answer<?>> call = check.get();
            boolean afterwards = progress.acknowledged != 0;
            long began = System.nanoTime();
            Answer<?> answer = call.apply(node);
            checks.add(new Check(began, System.nanoTime(), answer instanceof Answer.Refused<?> refused ? Optional.of(refused.refusal().code()) : Optional.empty()));
            late += afterwards ? 1 : 0;
            if (checks.size() == 1) {
                progress.begun.incrementAndGet();
            }
            progress.done.incrementAndGet();
        }
        return checks;
    }

    private static final class Progress {

        private final int wanted;
        private final AtomicInteger begun = new AtomicInteger();
        private final AtomicInteger done = new AtomicInteger();
        private volatile long acknowledged;
        private volatile boolean givenUp;

        Progress(int wanted) {
            this.wanted = wanted;
        }

        /** Until every checker has had an answer, and so many are there. */
        void waitFor(int checks, List<Future<List<Check>>> checkers) throws InterruptedException, ExecutionException, TimeoutException {
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
            while (begun.get() < checkers.size() || done.get() < checks) {
                for (Future<List<Check>> checker : checkers) {
                    if (checker.isDone()) {
                        checker.get();
                    }
                }
                if (System.nanoTime() > end) {
                    throw new TimeoutException("no checks any more");
                }
                TimeUnit.MICROSECONDS.sleep(200);
            }
        }
    }

    /** How many disclosures stand in the ledger before, and how many after, the entry that says that their consent was stopped. */
    public record Places(long beforeTheStop, long afterTheStop) {
    }

    public Places placesInTheLedger(UUID participant) {
        while (node(0).with(Sequencer.class, Sequencer::integrate) > 0) {
            // The next batch.
        }
        List<Boolean> before = Rows.of("""
                with disclosed as materialized (
                    select l.index, coalesce(u.consent_id, u.form_id) consent from consent.usage u join ledger.leaf l on l.entry_id = u.occurrence where u.participant_id = ? and u.outcome = 'DISCLOSED')
                select d.index < l.index from disclosed d join ledger.entry e on e.record_id = d.consent and e.record_id <> e.id join ledger.leaf l on l.entry_id = e.id
                 where e.content::json ->> 'type' in ('consent.token_changed', 'consent.form_changed')""", participant).stream().map("t"::equals).toList();
        return new Places(before.stream().filter(each -> each).count(), before.stream().filter(each -> !each).count());
    }

    public long checks() {
        return rounds.stream().mapToLong(round -> round.checks().size()).sum();
    }

    public long inFlight() {
        return rounds.stream().mapToLong(Round::inFlight).sum();
    }

    /** The figures for the documentation. */
    @Override
    public String toString() {
        double[] stops = rounds.stream().mapToDouble(round -> (round.acknowledged() - round.asked()) / 1e6).sorted().toArray();
        long late = rounds.stream().flatMap(round -> round.late().stream()).count();
        return String.format(Locale.ROOT, "%d checks on two nodes, %d of them begun after an acknowledgement, %d in flight at one; %d stops: p50 %.1f ms, p99 %.1f ms, max %.1f ms;"
                + " from the acknowledgement to the begin of the last check that was answered: %.3f ms at most", checks(), late, inFlight(), stops.length, stops[stops.length / 2],
                stops[stops.length * 99 / 100], stops[stops.length - 1], rounds.stream().mapToLong(Round::lastDisclosed).max().orElseThrow() / 1e6);
    }

    @Override
    public void close() {
        threads.shutdownNow();
        nodes.forEach(TestApplication::close);
    }
}
