package org.kopuro.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A signed call with a consent token, against the peer and the limit; or, with {@code --against}, against another build of Kopuro.
 */
public final class P1 {

    /** As many as the application issues to one taxpayer in a day, less the demo's. */
    private static final int TOKENS = 16;
    private static final double WARM_SLICE_SECONDS = 10;

    private final Path root;
    private final Path work;
    private final Options options;
    private final Deque<Server> started = new ArrayDeque<>();

    private P1(Path root, Options options) {
        this.root = root;
        this.work = root.resolve("bench/target/work");
        this.options = options;
    }

    private record Options(boolean quick, boolean profile, Optional<Path> against, long seed, int connections, double warmSeconds, int rounds, double roundSeconds) {

        static Options of(String[] arguments) {
            List<String> words = List.of(arguments);
            boolean quick = words.contains("--quick");
            Optional<Path> against = words.contains("--against") ? Optional.of(Path.of(words.get(words.indexOf("--against") + 1)).toAbsolutePath()) : Optional.empty();
            return new Options(quick, words.contains("--profile"), against, 1, 8, quick ? 30 : 60, 5, quick ? 4 : 10);
        }
    }

    public static void main(String[] arguments) throws Exception {
        P1 benchmark = new P1(Path.of(System.getProperty("kopuro.root")).toAbsolutePath().normalize(), Options.of(arguments));
        Runtime.getRuntime().addShutdownHook(new Thread(benchmark::stop, "stop"));
        benchmark.run();
        System.exit(0);
    }

    private void run() throws IOException, InterruptedException, SQLException, GeneralSecurityException {
        remove(work);
        Identity elliptic = Identity.elliptic();
        Identity rsa = Identity.rsa();
        List<Variant> variants = new ArrayList<>();
        Server kopuro = start("kopuro", Map.of());
        variants.addAll(kopuro("kopuro", kopuro, elliptic, rsa));
        if (options.against().isPresent()) {
            Server before = start("before", Map.of("KOPURO_WAR", options.against().get().toString()));
            variants.addAll(kopuro("before", before, elliptic, rsa));
        } else {
            Server peer = peer(kopuro, rsa);
            variants.add(new Variant("peer", "CXF + WSS4J sample, RSA-2048, one INSERT", peer, kopuro.postgres(), Messages.peer(rsa, options.seed()), options.connections()));
            variants.add(new Variant("limit", "the same server, unsigned, one INSERT", peer, kopuro.postgres(), Messages.peer(null, options.seed()), options.connections()));
        }
        measure(variants);

        Report report = new Report(circumstances(), variants);
        for (int i : new int[] {0, 1}) {
            if (options.against().isPresent()) {
                report.compare(variants.get(i), variants.get(i + 2), "–");
            } else {
                report.compare(variants.get(i), variants.get(2), "≥ 3");
                report.compare(variants.get(i), variants.get(3), "≥ 0.5");
            }
        }
        report.write(root.resolve("bench/target/results"));
        System.out.println(report.markdown());
        if (options.profile()) {
            profile(kopuro, variants.subList(0, 2));
        }
    }

    private List<Variant> kopuro(String name, Server server, Identity elliptic, Identity rsa) throws IOException, InterruptedException {
        DemoBank bank = new DemoBank(server);
        bank.register(elliptic);
        bank.register(rsa);
        List<String> tokens = bank.tokens(TOKENS);
        return List.of(
                new Variant(name + "-ec", "tpDataByINN with a token, ECDSA P-256", server, server.postgres(),
                        Messages.kopuro(elliptic, tokens, bank.inn(), options.seed()), options.connections()),
                new Variant(name + "-rsa", "the same, RSA-2048", server, server.postgres(),
                        Messages.kopuro(rsa, tokens, bank.inn(), options.seed()), options.connections()));
    }

    /** A database of its own in the PostgreSQL that Kopuro uses. */
    private Server peer(Server kopuro, Identity client) throws IOException, InterruptedException, SQLException, GeneralSecurityException {
        String url = "jdbc:postgresql://127.0.0.1:" + kopuro.postgresPort() + "/";
        String password = kopuro.password("postgres");
        try (var connection = DriverManager.getConnection(url + "postgres", "postgres", password); var sql = connection.createStatement()) {
            sql.execute("create database peer owner kopuro_owner");
        }
        String owner = kopuro.password("kopuro_owner");
        try (var connection = DriverManager.getConnection(url + "peer", "kopuro_owner", owner); var sql = connection.createStatement()) {
            sql.execute("create table echo (id bigint generated always as identity primary key, at timestamptz not null default now(), text text not null)");
        }
        Identity.rsa().store(work.resolve("peer/keys/peer.p12"), client.certificate());
        return start("peer", Map.of("KOPURO_WAR", root.resolve("bench/peer/target/peer.war").toString(),
                "KOPURO_DB_URL", url + "peer", "KOPURO_DB_USER", "kopuro_owner", "KOPURO_DB_PASSWORD", owner,
                // The peer has no readiness check, and the launcher no demo for it.
                "KOPURO_JAVA_OPTS", "-Dmp.health.default.readiness.empty.response=UP", "KOPURO_CONTOURS", "PRODUCTION"));
    }

    private Server start(String name, Map<String, String> environment) throws IOException, InterruptedException {
        System.err.println("Starting " + name + "…");
        Server server = Server.start(root, work.resolve(name), environment);
        synchronized (started) {
            started.push(server);
        }
        return server;
    }

    private void measure(List<Variant> variants) throws IOException, InterruptedException {
        for (double warmed = 0; warmed < options.warmSeconds(); warmed += WARM_SLICE_SECONDS) {
            System.err.printf("Warming, %.0f of %.0f seconds each…%n", warmed, options.warmSeconds());
            for (Variant variant : variants) {
                variant.warm(WARM_SLICE_SECONDS);
            }
        }
        List<Variant> order = new ArrayList<>(variants);
        for (int round = 1; round <= options.rounds(); round++) {
            System.err.printf("Round %d of %d…%n", round, options.rounds());
            for (Variant variant : order) {
                variant.measure(options.roundSeconds());
            }
            // Nobody always comes after the same neighbour.
            Collections.reverse(order);
        }
    }

    private void profile(Server kopuro, List<Variant> variants) throws IOException, InterruptedException {
        for (Variant variant : variants) {
            Path file = root.resolve("bench/target/results/" + variant.name() + ".jfr");
            Flight.begin(kopuro.process(), file);
            variant.warm(2 * WARM_SLICE_SECONDS);
            String told = Flight.end(kopuro.process(), file);
            Files.writeString(root.resolve("bench/target/results/" + variant.name() + "-profile.txt"), told);
            System.out.println("Profile of " + variant.name() + "\n" + told);
        }
    }

    private Map<String, String> circumstances() throws IOException {
        Map<String, String> told = new LinkedHashMap<>();
        String model = Files.readAllLines(Path.of("/proc/cpuinfo")).stream().filter(line -> line.startsWith("model name")).findFirst()
                .map(line -> line.substring(line.indexOf(':') + 1).strip()).orElse("unknown");
        told.put("machine", Runtime.getRuntime().availableProcessors() + " × " + model + ", " + System.getProperty("os.name") + " " + System.getProperty("os.version"));
        told.put("versions", "Java " + System.getProperty("java.runtime.version") + ", " + System.getProperty("bench.versions"));
        told.put("method", "closed loop over %d kept-alive connections; each variant warmed %.0f s; %d interleaved rounds of %.0f s; seed %d; medians of the rounds"
                .formatted(options.connections(), options.warmSeconds(), options.rounds(), options.roundSeconds(), options.seed()));
        return told;
    }

    private void stop() {
        synchronized (started) {
            // The peer first: its database is Kopuro's.
            while (!started.isEmpty()) {
                started.pop().close();
            }
        }
    }

    private static void remove(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (var paths = Files.walk(folder)) {
            paths.sorted(Comparator.reverseOrder()).forEach(path -> {
                try {
                    Files.delete(path);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }
}
