package org.kopuro.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/** The ledger: what recording costs beside plain inserts, how fast the tree follows, what a proof and a whole verification take. */
public final class P7 {

    private static final int CONNECTIONS = 8;
    private static final int ROUNDS = 5;
    private static final int PROOFS = 500;
    private static final int SLICE = 50_000;
    private static final String ENTRY = "'{\"at\":\"' || to_char(clock_timestamp() at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"') || '\",\"contour\":\"TEST\",\"data\":{\"consent\":\"' || gen_random_uuid() || '\",\"consentKind\":\"TOKEN\",\"outcome\":\"DISCLOSED\","
            + "\"participant\":\"' || gen_random_uuid() || '\",\"records\":1,\"service\":\"tpDataByINN\",\"subject\":\"hmac-sha256:' || encode(sha256(id::text::bytea), 'base64') || '\"},\"id\":\"' || id || "
            + "'\",\"record\":{\"id\":\"' || id || '\",\"kind\":\"usage\"},\"type\":\"bench.call\",\"version\":1}'";

    private final Path root;
    private final Path work;
    private final long entries;
    private final double roundSeconds;
    private final StringBuilder out = new StringBuilder("# P7\n\n");
    private Server server;

    private P7(Path root, boolean quick) {
        this.root = root;
        work = root.resolve("bench/target/work");
        entries = quick ? 200_000 : 1_000_000;
        roundSeconds = quick ? 4 : 10;
    }

    public static void main(String[] arguments) throws Exception {
        P7 benchmark = new P7(Path.of(System.getProperty("kopuro.root")).toAbsolutePath().normalize(), List.of(arguments).contains("--quick"));
        benchmark.server = Server.start(benchmark.root, benchmark.work.resolve("ledger-" + System.nanoTime()), Map.of("KOPURO_CONTOURS", "PRODUCTION"));
        Runtime.getRuntime().addShutdownHook(new Thread(benchmark.server::close, "stop"));
        benchmark.run();
        System.exit(0);
    }

    private void run() throws Exception {
        say("versions: " + System.getProperty("bench.versions"));
        writing();
        growing();
        proving();
        verifying();
        Path results = Files.createDirectories(root.resolve("bench/target/results"));
        Files.writeString(results.resolve("P7.md"), out.toString());
        System.out.println(out);
    }

    /** Recording with the sequencer at work against the same rows in a plain table; interleaved. */
    private void writing() throws Exception {
        try (Connection owner = owner()) {
            owner.createStatement().execute("create schema bench; grant usage on schema bench to kopuro_app;"
                    + " create table bench.plain (id uuid primary key, contour text, record_id uuid, secret smallint, content text); grant insert on bench.plain to kopuro_app");
        }
        String ledger = "insert into ledger.entry (id, contour, record_id, secret, content) select id, 'TEST', id, 1, " + ENTRY + " from (select ?::uuid id) v";
        String plain = ledger.replace("ledger.entry", "bench.plain");
        insert(plain, roundSeconds);
        insert(ledger, roundSeconds);
        List<Double> ratios = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            double beside = insert(plain, roundSeconds);
            double recorded = insert(ledger, roundSeconds);
            long behind = number("select count(*) from ledger.entry") - number("select size from ledger.checkpoint order by size desc limit 1");
            double lag = untilIntegrated();
            ratios.add(recorded / beside);
            say(String.format(Locale.ROOT, "round %d: plain %.0f/s, ledger %.0f/s, ratio %.2f; behind at the end %d entries, integrated %.2f s later", round + 1, beside, recorded,
                    recorded / beside, behind, lag));
        }
        ratios.sort(null);
        say(String.format(Locale.ROOT, "recording / plain inserts, median: %.2f (goal ≥ 0.7)", ratios.get(ROUNDS / 2)));
    }

    private void growing() throws Exception {
        long present = number("select count(*) from ledger.entry");
        long start = System.nanoTime();
        try (Connection application = application(); var statement = application.prepareStatement("insert into ledger.entry (id, contour, record_id, secret, content) select id, 'TEST', id, 1, " + ENTRY
                + " from (select gen_random_uuid() id from generate_series(1, ?)) v")) {
            for (long left = entries - present; left > 0; left -= SLICE) {
                statement.setLong(1, Math.min(left, SLICE));
                statement.executeUpdate();
            }
        }
        untilIntegrated();
        double seconds = seconds(start);
        long size = number("select count(*) from ledger.leaf");
        say(String.format(Locale.ROOT, "grown to %d entries, inserted and integrated at %.0f/s", size, (size - present) / seconds));
        say(String.format(Locale.ROOT, "per entry, indexes and all: %d octets in ledger.entry (its text %d), %d in the tree",
                number("select pg_total_relation_size('ledger.entry')") / size, number("select avg(octet_length(content))::bigint from ledger.entry"),
                number("select pg_total_relation_size('ledger.leaf') + pg_total_relation_size('ledger.subtree') + pg_total_relation_size('ledger.checkpoint')") / size));
    }

    private void proving() throws Exception {
        long size = number("select size from ledger.checkpoint order by size desc limit 1");
        HttpClient client = HttpClient.newHttpClient();
        Random random = new Random(1);
        List<Double> millis = new ArrayList<>();
        for (int i = 0; i < 2 * PROOFS; i++) {
            URI uri = URI.create("http://127.0.0.1:" + server.port() + "/ledger/proof/inclusion/" + (long) (random.nextDouble() * size) + "/" + size);
            long start = System.nanoTime();
            int status = client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.discarding()).statusCode();
            if (status != 200) {
                throw new IOException(uri + " answered " + status);
            }
            if (i >= PROOFS) {
                millis.add(1000 * seconds(start));
            }
        }
        millis.sort(null);
        long start = System.nanoTime();
        recompute();
        say(String.format(Locale.ROOT, "proof of one of %d over HTTP: p50 %.1f ms, p99 %.1f ms (goal ≤ 5 ms); peer, recomputing the tree from rows: %.0f ms", size,
                millis.get(PROOFS / 2), millis.get(PROOFS * 99 / 100), 1000 * seconds(start)));
    }

    private void verifying() throws Exception {
        Path copy = server.var().resolve("witness");
        Path vkey = server.var().resolve("ledger.vkey");
        Files.writeString(vkey, HttpClient.newHttpClient().send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/ledger/keys")).build(), HttpResponse.BodyHandlers.ofString()).body());
        double mirrored = command("witness", "--ledger", "http://127.0.0.1:" + server.port() + "/ledger", "--vkey", vkey.toString(), "--state", copy.toString(), "--name", "bench.example/witness", "--mirror", "--once");
        List<Double> ratios = new ArrayList<>();
        double verified = 0;
        double hashed = 0;
        for (int round = 0; round < ROUNDS; round++) {
            verified = command("verify", copy.resolve("mirror").toString(), "--vkey", vkey.toString());
            hashed = hash(copy.resolve("mirror"));
            ratios.add(verified / hashed);
        }
        ratios.sort(null);
        say(String.format(Locale.ROOT, "mirror over HTTP: %.1f s; whole verification by bin/verify: %.1f s, SHA-256 of the same octets: %.2f s, ratio, median: %.1f (goal ≤ 3)", mirrored, verified, hashed,
                ratios.get(ROUNDS / 2)));
    }

    private double insert(String sql, double lasting) throws Exception {
        AtomicBoolean going = new AtomicBoolean(true);
        AtomicLong done = new AtomicLong();
        ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS);
        List<Future<?>> writers = new ArrayList<>();
        for (int i = 0; i < CONNECTIONS; i++) {
            Callable<Void> writer = () -> {
                try (Connection connection = application(); var statement = connection.prepareStatement(sql)) {
                    while (going.get()) {
                        statement.setObject(1, UUID.randomUUID());
                        statement.executeUpdate();
                        done.incrementAndGet();
                    }
                }
                return null;
            };
            writers.add(threads.submit(writer));
        }
        long start = System.nanoTime();
        TimeUnit.MILLISECONDS.sleep((long) (1000 * lasting));
        going.set(false);
        for (Future<?> writer : writers) {
            writer.get();
        }
        threads.shutdown();
        return done.get() / seconds(start);
    }

    private double untilIntegrated() throws Exception {
        long start = System.nanoTime();
        while (number("select count(*) from ledger.entry e where not exists (select from ledger.leaf where entry_id = e.id)") > 0) {
            TimeUnit.MILLISECONDS.sleep(50);
        }
        return seconds(start);
    }

    /** What somebody would do who has rows and no tiles. */
    private void recompute() throws SQLException, GeneralSecurityException {
        List<byte[]> level = new ArrayList<>();
        MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
        try (Connection owner = owner()) {
            owner.setAutoCommit(false);
            try (var statement = owner.createStatement()) {
                statement.setFetchSize(10_000);
                try (var row = statement.executeQuery("select convert_to(content, 'UTF8') from ledger.leaf join ledger.entry on id = entry_id order by index")) {
                    while (row.next()) {
                        sha256.update((byte) 0);
                        level.add(sha256.digest(row.getBytes(1)));
                    }
                }
            }
        }
        while (level.size() > 1) {
            List<byte[]> above = new ArrayList<>();
            for (int i = 0; i + 1 < level.size(); i += 2) {
                sha256.update((byte) 1);
                sha256.update(level.get(i));
                above.add(sha256.digest(level.get(i + 1)));
            }
            if (level.size() % 2 == 1) {
                above.add(level.get(level.size() - 1));
            }
            level = above;
        }
    }

    private static double hash(Path folder) throws IOException, GeneralSecurityException {
        long start = System.nanoTime();
        MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                sha256.update(Files.readAllBytes(file));
            }
        }
        sha256.digest();
        return seconds(start);
    }

    private double command(String name, String... words) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of(root.resolve("bin").resolve(name).toString()));
        all.addAll(List.of(words));
        long start = System.nanoTime();
        Process process = new ProcessBuilder(all).redirectErrorStream(true).redirectOutput(server.var().resolve(name + ".txt").toFile()).start();
        process.waitFor();
        if (!name.equals("witness") && process.exitValue() != 0) {
            throw new IOException(Files.readString(server.var().resolve(name + ".txt")));
        }
        return seconds(start);
    }

    private long number(String sql) throws SQLException, IOException {
        try (Connection owner = owner(); var statement = owner.createStatement(); var row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }

    private Connection owner() throws SQLException {
        return connection("kopuro_owner");
    }

    private Connection application() throws SQLException {
        return connection("kopuro_app");
    }

    private Connection connection(String role) throws SQLException {
        try {
            return DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + server.postgresPort() + "/kopuro", role, server.password(role));
        } catch (IOException e) {
            throw new SQLException(e);
        }
    }

    private void say(String line) {
        System.err.println(line);
        out.append("- ").append(line).append('\n');
    }

    private static double seconds(long start) {
        return (System.nanoTime() - start) / 1e9;
    }
}
