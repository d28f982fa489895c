package org.kopuro.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kopuro.ledger.proof.Edge;
import org.kopuro.ledger.proof.Hash;
import org.kopuro.testing.TestDatabase;

/**
 * Two nodes write and sequence while they and PostgreSQL are killed, not stopped, at random moments. {@code -Dkopuro.crashes=100} makes it long;
 * the seed of a run is printed, and {@code -Dkopuro.crashes.seed} repeats its moments.
 */
class CrashesIT {

    private static final int CRASHES = Integer.getInteger("kopuro.crashes", 8);
    private static final int LIFE_MILLIS_MAX = 900;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private Path folder;
    private final Map<Long, String> published = new TreeMap<>();
    private final List<Process> started = new ArrayList<>();
    private EmbeddedPostgres postgres;
    private String url;

    @AfterEach
    void stop() throws IOException, InterruptedException {
        for (Process node : started) {
            node.destroyForcibly().waitFor();
        }
        postgres.close();
    }

    @Test
    void noAcknowledgedEntryIsMissingAndEveryCheckpointRemainsTrue() throws IOException, InterruptedException, SQLException {
        long seed = Long.getLong("kopuro.crashes.seed", System.nanoTime());
        System.out.println("CrashesIT: " + CRASHES + " crashes, seed " + seed);
        Random random = new Random(seed);
        postgres = start();
        TestDatabase.migrated(postgres);
        url = TestDatabase.url(postgres.getPort());
        Process[] nodes = {node(0), node(1)};
        for (int crash = 0; crash < CRASHES; crash++) {
            waitForCheckpointAfter(published.isEmpty() ? 0 : new TreeMap<>(published).lastKey());
            TimeUnit.MILLISECONDS.sleep(random.nextInt(LIFE_MILLIS_MAX));
            remember();
            int victim = random.nextInt(3);
            if (victim == 2) {
                crashPostgres();
            } else {
                nodes[victim].destroyForcibly().waitFor();
                nodes[victim] = node(victim);
            }
        }
        remember();
        for (Process node : nodes) {
            node.destroyForcibly().waitFor();
        }
        // What was committed last, nobody has sequenced yet: one more node comes and does.
        Process last = node(2);
        Set<String> acknowledged = new HashSet<>(acknowledged(0));
        acknowledged.addAll(acknowledged(1));
        waitUntilSequenced(acknowledged);
        last.destroyForcibly().waitFor();
        assertTrue(acknowledged.size() > CRASHES, () -> "only " + acknowledged.size() + " entries were written");
        assertWhole(acknowledged);
    }

    private void assertWhole(Set<String> acknowledged) throws SQLException {
        remember();
        Set<String> inTree = new HashSet<>();
        Edge edge = new Edge();
        try (Connection owner = connection(); Statement statement = owner.createStatement();
                ResultSet row = statement.executeQuery("select l.index, e.id, e.content from ledger.leaf l join ledger.entry e on e.id = l.entry_id order by l.index")) {
            while (row.next()) {
                assertEquals(edge.size(), row.getLong(1), "a gap");
                assertTrue(inTree.add(row.getString(2)), "doubled");
                edge.append(Hash.ofLeaf(row.getString(3)), (tile, hashes) -> { });
                String root = published.remove(edge.size());
                if (root != null) {
                    assertEquals(root, edge.root().base64(), () -> "the checkpoint of size " + edge.size() + " was published and is no longer true");
                }
            }
        }
        assertEquals(Map.of(), published, "checkpoints were published that the ledger has not reached");
        assertTrue(inTree.containsAll(acknowledged), "an acknowledged entry is missing");
    }

    /** Everything that a reader could have seen by now. */
    private void remember() throws SQLException {
        try (Connection owner = connection(); Statement statement = owner.createStatement();
                ResultSet row = statement.executeQuery("select size, encode(root, 'base64') from ledger.checkpoint order by size")) {
            while (row.next()) {
                String root = row.getString(2);
                String before = published.put(row.getLong(1), root);
                assertTrue(before == null || before.equals(root), "two checkpoints of one size");
            }
        }
    }

    private void waitForCheckpointAfter(long size) throws SQLException, InterruptedException {
        Instant until = Instant.now().plus(PATIENCE);
        while (number("select coalesce(max(size), 0) from ledger.checkpoint") <= size) {
            assertTrue(Instant.now().isBefore(until), "nothing is sequenced any more");
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    private void waitUntilSequenced(Set<String> acknowledged) throws SQLException, InterruptedException {
        Instant until = Instant.now().plus(PATIENCE);
        String ids = "'{" + String.join(",", acknowledged) + "}'::uuid[]";
        while (number("select count(*) from unnest(" + ids + ") id where not exists (select from ledger.leaf where entry_id = id)") > 0) {
            assertTrue(Instant.now().isBefore(until), "acknowledged entries are not in the tree");
            TimeUnit.MILLISECONDS.sleep(200);
        }
    }

    private long number(String sql) throws SQLException {
        try (Connection owner = connection(); Statement statement = owner.createStatement(); ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }

    private Connection connection() throws SQLException {
        return DriverManager.getConnection(url, TestDatabase.OWNER, TestDatabase.PASSWORD);
    }

    private List<String> acknowledged(int node) throws IOException {
        List<String> complete = new ArrayList<>();
        Path file = folder.resolve("acknowledged-" + node);
        // It may have been killed each time before it was ready.
        String text = Files.exists(file) ? Files.readString(file) : "";
        // A node may have died over the last line.
        text.substring(0, text.lastIndexOf('\n') + 1).lines().forEach(complete::add);
        return complete;
    }

    private Process node(int number) throws IOException {
        Process node = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin/java").toString(), "-Xmx256m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC",
                "-Dkopuro.test.database=" + url, "-Dkopuro.test.keys=" + Files.createDirectories(folder.resolve("keys")), "-cp", classPath(),
                CrashingNode.class.getName(), folder.resolve("acknowledged-" + number).toString())
                .redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("node-" + number + ".log").toFile())).start();
        started.add(node);
        return node;
    }

    /** Failsafe may hide it behind a jar that only names it. */
    private static String classPath() {
        return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    }

    private void crashPostgres() throws IOException, InterruptedException {
        int port = postgres.getPort();
        long pid = Long.parseLong(Files.readAllLines(folder.resolve("data/postmaster.pid")).get(0).strip());
        ProcessHandle postmaster = ProcessHandle.of(pid).orElseThrow();
        postmaster.destroyForcibly();
        postmaster.onExit().join();
        try {
            postgres.close();
        } catch (IOException | RuntimeException e) {
            // There is nothing left to stop.
        }
        Instant until = Instant.now().plus(PATIENCE);
        while (true) {
            try {
                postgres = builder().setPort(port).start();
                return;
            } catch (IOException | RuntimeException e) {
                // Backends of the dead one are still going.
                assertTrue(Instant.now().isBefore(until), e::toString);
                TimeUnit.MILLISECONDS.sleep(200);
            }
        }
    }

    private EmbeddedPostgres start() throws IOException {
        return builder().start();
    }

    /** As durable as in operation: what a commit acknowledged survives. */
    private EmbeddedPostgres.Builder builder() {
        return EmbeddedPostgres.builder().setDataDirectory(folder.resolve("data")).setCleanDataDirectory(false).setLocaleConfig("locale", "C.UTF-8")
                .setServerConfig("fsync", "on").setServerConfig("full_page_writes", "on").setServerConfig("synchronous_commit", "on");
    }
}
