package org.kopuro.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * How long a taxpayer waits until a stop is acknowledged, and whether anything gets through afterwards: two servers on one database, signed calls with one token on both without a pause, and the
 * token frozen over the one and the other in turn. By freezing, because it can be undone and done again.
 */
public final class Stops {

    private static final int CONNECTIONS_PER_NODE = 4;
    /** On each connection, before a stop and after it. */
    private static final int ANSWERS = 4;
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);
    private static final byte[] FROZEN = "CONSENT_FROZEN".getBytes(StandardCharsets.US_ASCII);

    private final Path root;
    private final int stops;
    private final Deque<Server> started = new ArrayDeque<>();
    private final List<DemoBank> banks = new ArrayList<>();
    private final Identity identity = Identity.elliptic();

    private Stops(Path root, boolean quick) {
        this.root = root;
        stops = quick ? 60 : 300;
    }

    public static void main(String[] arguments) throws Exception {
        Stops benchmark = new Stops(Path.of(System.getProperty("kopuro.root")).toAbsolutePath().normalize(), List.of(arguments).contains("--quick"));
        Runtime.getRuntime().addShutdownHook(new Thread(benchmark::stop, "stop"));
        benchmark.run();
        System.exit(0);
    }

    /** @param began and the others by one clock, in nanoseconds */
    private record Check(long began, long ended, boolean disclosed) {
    }

    private record Round(long asked, long acknowledged, List<Check> checks) {
    }

    private void run() throws Exception {
        Path work = root.resolve("bench/target/work/stops-" + System.nanoTime());
        Server first = start(work.resolve("first"), Map.of());
        // The same keys, or no token of the one would be known to the other; the same demo, or its accounts would get other passwords.
        copy(first.var().resolve("keys"), work.resolve("second/keys"));
        copy(first.var().resolve("demo"), work.resolve("second/demo"));
        Server second = start(work.resolve("second"), Map.of("KOPURO_DB_URL", "jdbc:postgresql://127.0.0.1:" + first.postgresPort() + "/kopuro",
                "KOPURO_DB_USER", "kopuro_app", "KOPURO_DB_PASSWORD", first.password("kopuro_app"),
                "KOPURO_DB_OWNER_USER", "kopuro_owner", "KOPURO_DB_OWNER_PASSWORD", first.password("kopuro_owner")));
        List<Server> nodes = List.of(first, second);
        for (Server node : nodes) {
            banks.add(new DemoBank(node));
        }
        banks.get(0).register(identity);
        DemoBank.Token token = banks.get(0).token();
        // The JIT needs its time.
        for (int number = 0; number < stops / 3; number++) {
            round(nodes, token, number);
        }
        List<Round> rounds = new ArrayList<>();
        double[] looks = new double[stops];
        long begun = System.nanoTime();
        for (int number = 0; number < stops; number++) {
            rounds.add(round(nodes, token, number));
            long look = System.nanoTime();
            banks.get(number % banks.size()).look(token);
            looks[number] = (System.nanoTime() - look) / 1e6;
        }
        tell(rounds, looks, (System.nanoTime() - begun) / 1e9);
    }

    private Round round(List<Server> nodes, DemoBank.Token token, int number) throws Exception {
        Progress progress = new Progress();
        ExecutorService threads = Executors.newFixedThreadPool(nodes.size() * CONNECTIONS_PER_NODE);
        try {
            List<Future<List<Check>>> checkers = new ArrayList<>();
            for (int i = 0; i < nodes.size() * CONNECTIONS_PER_NODE; i++) {
                Server node = nodes.get(i % nodes.size());
                long seed = System.nanoTime() + i;
                Callable<List<Check>> checker = () -> check(node, token, seed, progress);
                checkers.add(threads.submit(checker));
            }
            while (progress.before.get() < checkers.size()) {
                for (Future<List<Check>> checker : checkers) {
                    if (checker.isDone()) {
                        checker.get();
                    }
                }
                TimeUnit.MILLISECONDS.sleep(1);
            }
            DemoBank over = banks.get(number % banks.size());
            long asked = System.nanoTime();
            over.change(token, "freeze");
            progress.acknowledged = System.nanoTime();
            List<Check> checks = new ArrayList<>();
            for (Future<List<Check>> checker : checkers) {
                checks.addAll(checker.get());
            }
            over.change(token, "unfreeze");
            return new Round(asked, progress.acknowledged, checks);
        } finally {
            progress.givenUp = true;
            threads.shutdown();
        }
    }

    private List<Check> check(Server node, DemoBank.Token token, long seed, Progress progress) throws IOException {
        Messages messages = Messages.kopuro(identity, List.of(token.text()), banks.get(0).inn(), seed);
        List<Check> checks = new ArrayList<>();
        long end = System.nanoTime() + PATIENCE_NANOS;
        try (Wire wire = new Wire(node.port())) {
            for (int late = 0; late < ANSWERS && !progress.givenUp; ) {
                Messages.Message message = messages.make(1, node.port()).get(0);
                boolean afterwards = progress.acknowledged != 0;
                long began = System.nanoTime();
                Wire.Told told = wire.call(message.octets());
                long ended = System.nanoTime();
                boolean disclosed = told.status() == 200 && message.markers().stream().allMatch(told::holds);
                if (!disclosed && !told.holds(FROZEN) || ended > end) {
                    throw new IOException("Neither data nor a refusal for the stop: " + told);
                }
                checks.add(new Check(began, ended, disclosed));
                late += afterwards ? 1 : 0;
                if (checks.size() == ANSWERS) {
                    progress.before.incrementAndGet();
                }
            }
        }
        return checks;
    }

    private static final class Progress {
        private final AtomicInteger before = new AtomicInteger();
        private volatile long acknowledged;
        private volatile boolean givenUp;
    }

    private void tell(List<Round> rounds, double[] looks, double seconds) throws IOException {
        List<Check> checks = rounds.stream().flatMap(round -> round.checks().stream()).toList();
        double[] stopping = rounds.stream().mapToDouble(round -> (round.acknowledged() - round.asked()) / 1e6).toArray();
        double[] calls = checks.stream().filter(Check::disclosed).mapToDouble(check -> (check.ended() - check.began()) / 1e6).toArray();
        double[] last = rounds.stream().mapToDouble(round -> round.checks().stream().filter(Check::disclosed).mapToLong(check -> check.began() - round.acknowledged()).max().orElseThrow() / 1e6).toArray();
        long after = rounds.stream().mapToLong(round -> round.checks().stream().filter(check -> check.began() > round.acknowledged()).count()).sum();
        long late = rounds.stream().mapToLong(round -> round.checks().stream().filter(check -> check.began() > round.acknowledged() && check.disclosed()).count()).sum();
        String told = String.format(Locale.ROOT, """
                # Stops

                versions: %s; two servers, %d connections each, %d calls at %.0f/s, %d of them sent after an acknowledgement

                | what | p50 ms | p99 ms | max ms |
                |---|--:|--:|--:|
                | a stop, from the request to its acknowledgement | %s |
                | reading the token, in the same way | %s |
                | a call that is answered with data | %s |
                | from the acknowledgement to the begin of the last call that was answered with data | %s |

                Stops: %d. Calls answered with data that were sent after the acknowledgement: %d.
                """, System.getProperty("bench.versions"), CONNECTIONS_PER_NODE, checks.size(), checks.size() / seconds, after, figures(stopping), figures(looks), figures(calls), figures(last),
                rounds.size(), late);
        Path results = Files.createDirectories(root.resolve("bench/target/results"));
        Files.writeString(results.resolve("stops.md"), told);
        System.out.println(told);
        if (late > 0) {
            throw new IOException("Data were disclosed on what had been stopped.");
        }
    }

    private static String figures(double[] millis) {
        double[] sorted = millis.clone();
        Arrays.sort(sorted);
        return String.format(Locale.ROOT, "%.1f | %.1f | %.1f", sorted[sorted.length / 2], sorted[(int) Math.min(sorted.length - 1L, sorted.length * 99L / 100)], sorted[sorted.length - 1]);
    }

    private Server start(Path var, Map<String, String> environment) throws IOException, InterruptedException {
        Server server = Server.start(root, var, environment);
        synchronized (started) {
            started.push(server);
        }
        return server;
    }

    private void stop() {
        synchronized (started) {
            // The second first: its database is the first one's.
            while (!started.isEmpty()) {
                started.pop().close();
            }
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
                Files.createDirectories(to.resolve(from.relativize(folder)));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.copy(file, to.resolve(from.relativize(file)), StandardCopyOption.COPY_ATTRIBUTES);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
