package org.kopuro.loans.imports;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.kopuro.testing.Rows;
import org.kopuro.testing.Scene;
import org.kopuro.testing.TestApplication;
import org.kopuro.testing.TestDatabase;

/**
 * An import ends as it would have ended uninterrupted, wherever the node died, and whichever goes on (LOAN-93). The same octets are sent by a bank of another programme and imported in one piece: what
 * remains of both is compared. {@code -Dkopuro.import.kills=50} kills more often; the seed is printed, and {@code -Dkopuro.import.seed} repeats the moments as far as machines do.
 */
class InterruptedImportIT {

    private static final int KILLS = Integer.getInteger("kopuro.import.kills", 4);
    private static final int LIFE_MILLIS_MAX = 300;
    private static final int ROWS_MAX = 500;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private Path folder;
    private final ImportScene scene = new ImportScene("FLAG");
    private final ImportScene other = new ImportScene("FLAG");

    private String file(int rows) {
        StringBuilder csv = new StringBuilder(ImportScene.HEAD);
        List<String> inns = ImportScene.borrowers(scene.loans.contour, rows);
        for (int i = 0; i < rows; i++) {
            String row = ImportScene.row("A-" + i, i % 40 == 39 ? inns.get(i - 39) : inns.get(i));
            csv.append(switch (i % 50) {
                case 11 -> row.replace("16.02.2026", "tomorrow");
                case 12 -> row.replace("1000000,00", "0");
                case 13 -> row.replace("A-" + i + ";", "A-2;");
                default -> row;
            });
        }
        return csv.toString();
    }

    private void assertAsUninterrupted(String csv, ImportView interrupted, ImportMode mode, ImportChoice choice) {
        ImportView whole = other.finish(other.send(csv, mode, choice).id());
        assertEquals(ImportScene.counts(whole), ImportScene.counts(interrupted));
        assertSame(ImportScene.results(whole.id()), ImportScene.results(interrupted.id()));
        assertSame(other.held(), scene.held());
        assertSame(active(other), active(scene));
        assertEquals(List.of("1"), Rows.of("select count(*) from ledger.entry where record_id = ? and content::json ->> 'type' = 'loans.import_ended'", interrupted.id()));
    }

    /** Tells the first that differs, not thousands that do not. */
    private static void assertSame(List<String> expected, List<String> actual) {
        for (int i = 0; i < Math.min(expected.size(), actual.size()); i++) {
            assertEquals(expected.get(i), actual.get(i));
        }
        assertEquals(expected.size(), actual.size());
    }

    private static List<String> active(ImportScene bank) {
        return Rows.of("select concat_ws(' ', inn, active) from loans.applicant where programme = ? order by inn", bank.loans.programme);
    }

    /** Before the commit of each chunk, when all of it is done and nothing of it is there; and between any two of them. */
    @ParameterizedTest
    @EnumSource(ImportMode.class)
    void wherever(ImportMode mode) {
        String csv = file(230);
        ImportView view = scene.send(csv, mode, ImportChoice.GOOD_ROWS);
        for (int chunk = 1; chunk <= 5; chunk++) {
            int done = scene.get(view.id()).done();
            assertEquals((chunk - 1) * Committing.CHUNK, done);
            scene.node.steps.dyingIn = 1;
            assertThrows(Committing.Gone.class, () -> scene.node.runs.turn());
            assertEquals(done, scene.get(view.id()).done(), "nothing of the chunk is there");
            scene.loans.application.clock().advance(Duration.ofMinutes(2));
            // The chunk is done by another node, and that one dies in the next.
            scene.node.steps.dyingIn = chunk < 5 ? 2 : 0;
            if (chunk < 5) {
                assertThrows(Committing.Gone.class, () -> scene.node.runs.turn());
                scene.loans.application.clock().advance(Duration.ofMinutes(2));
            }
        }
        assertAsUninterrupted(csv, scene.finish(view.id()), mode, ImportChoice.GOOD_ROWS);
    }

    @Test
    void alsoInTheMiddleOfAllOrNothing() {
        String csv = file(11);
        StringBuilder good = new StringBuilder(csv);
        ImportScene.borrowers(scene.loans.contour, 100).forEach(inn -> good.append(ImportScene.row("B-" + inn, inn)));
        ImportView view = scene.send(good.toString(), ImportMode.APPLY, ImportChoice.ALL_OR_NOTHING);
        // Three chunks are checked; the second of the three that are then placed is the fifth.
        scene.node.steps.dyingIn = 5;
        assertThrows(Committing.Gone.class, () -> scene.node.runs.turn());
        assertEquals("APPLYING 50/111 created 0 updated 0 unchanged 0 refused 0 flagged 0", ImportScene.counts(scene.get(view.id())));
        assertEquals(List.of(), scene.held());
        scene.loans.application.clock().advance(Duration.ofMinutes(2));
        assertAsUninterrupted(good.toString(), scene.finish(view.id()), ImportMode.APPLY, ImportChoice.ALL_OR_NOTHING);
    }

    @Test
    void whoHoldsItNoMoreChangesNothing() {
        ImportView view = scene.send(file(230), ImportMode.APPLY, ImportChoice.GOOD_ROWS);
        ImportTask slow = claim(scene.node, view.id());
        scene.loans.application.clock().advance(Duration.ofMinutes(2));
        ImportTask fast = claim(scene.node, view.id());
        assertTrue(!scene.node.steps.chunk(slow, List.of(), new Twins()) && scene.node.steps.chunk(fast, List.of(), new Twins()));
        scene.node.steps.passed(slow);
        scene.node.steps.release(slow);
        assertEquals(ImportState.APPLYING, scene.get(view.id()).state());
        assertTrue(scene.node.steps.chunk(fast, List.of(), new Twins()), "it is still whose it was");
        scene.node.steps.release(fast);
        scene.finish(view.id());
    }

    private static ImportTask claim(ImportScene.Node node, UUID id) {
        while (true) {
            ImportTask task = node.steps.claim().orElseThrow();
            if (task.id().equals(id)) {
                return task;
            }
            node.steps.release(task);
        }
    }

    @Test
    void twoNodesRaceAndEachRowIsDoneOnce() throws Exception {
        String csv = file(600);
        ImportView view = scene.send(csv, ImportMode.APPLY, ImportChoice.GOOD_ROWS);
        List<TestApplication> applications = List.of(TestApplication.node("TEST,PRODUCTION", Scene.NOON, TestDatabase.shared().url()), TestApplication.node("TEST,PRODUCTION", Scene.NOON, TestDatabase.shared().url()));
        List<ImportScene.Node> nodes = applications.stream().map(ImportScene.Node::new).toList();
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            Instant end = Instant.now().plus(PATIENCE);
            List<Callable<Void>> working = new ArrayList<>();
            for (ImportScene.Node node : nodes) {
                working.add(() -> {
                    while (!scene.get(view.id()).state().ended() && Instant.now().isBefore(end)) {
                        // One of them loses its lease again and again, and the other takes over.
                        applications.get(1).clock().advance(Duration.ofSeconds(50));
                        node.runs.turn();
                    }
                    return null;
                });
            }
            for (Future<Void> one : threads.invokeAll(working)) {
                one.get();
            }
        } finally {
            threads.shutdownNow();
            applications.forEach(TestApplication::close);
        }
        assertAsUninterrupted(csv, scene.finish(view.id()), ImportMode.APPLY, ImportChoice.GOOD_ROWS);
    }

    @Test
    void aNodeIsKilledAgainAndAgainAndAnotherGoesOn() throws IOException, InterruptedException {
        long seed = Long.getLong("kopuro.import.seed", System.nanoTime());
        System.out.println("InterruptedImportIT: " + KILLS + " kills, seed " + seed);
        Random random = new Random(seed);
        String csv = file(2000);
        ImportView view = scene.send(csv, ImportMode.APPLY, ImportChoice.GOOD_ROWS);
        List<Integer> died = new ArrayList<>();
        for (int kill = 0; kill < KILLS && !scene.get(view.id()).state().ended(); kill++) {
            int before = scene.get(view.id()).done();
            Process node = node(scene.loans.application.clock().instant());
            try {
                waitFor(view.id(), before + random.nextInt(ROWS_MAX));
                TimeUnit.MILLISECONDS.sleep(random.nextInt(LIFE_MILLIS_MAX));
            } finally {
                node.destroyForcibly().waitFor();
            }
            died.add(scene.get(view.id()).done());
            // The lease that it left.
            scene.loans.application.clock().advance(Duration.ofMinutes(2));
        }
        System.out.println("InterruptedImportIT: killed behind rows " + died);
        assertAsUninterrupted(csv, scene.finish(view.id()), ImportMode.APPLY, ImportChoice.GOOD_ROWS);
    }

    private void waitFor(UUID id, int before) throws InterruptedException {
        Instant end = Instant.now().plus(PATIENCE);
        while (scene.get(id).done() <= before && !scene.get(id).state().ended()) {
            assertTrue(Instant.now().isBefore(end), "the node imports nothing");
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }

    private Process node(Instant now) throws IOException {
        return new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin/java").toString(), "-Xmx256m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC",
                "-Dkopuro.test.database=" + TestDatabase.shared().url(), "-Dkopuro.test.keys=" + TestApplication.KEYS, "-cp", System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                ImportingNode.class.getName(), now.toString())
                .redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("node.log").toFile())).start();
    }
}
