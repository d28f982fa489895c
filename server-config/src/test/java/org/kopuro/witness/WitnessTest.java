package org.kopuro.witness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.kopuro.ledger.proof.NoteSigner;
import org.kopuro.ledger.proof.SignedNote;
import org.kopuro.ledger.proof.TrustedCheckpoint;
import org.kopuro.ledger.proof.Unproven;
import org.kopuro.ledger.proof.VerifierKey;
import org.kopuro.verify.TestLedger;
import org.kopuro.verify.WrongUse;

/** A witness of a ledger that is honest, forked, shortened, altered, mute or gone. */
class WitnessTest {

    private static final NoteSigner LEDGER = TestLedger.signer("ledger.example/kopuro", VerifierKey.Kind.NOTE);
    private static final Instant NOW = Instant.ofEpochSecond(1_800_000_000);

    @TempDir
    private Path folder;
    private Path state;
    private Published published;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final CountDownLatch stop = new CountDownLatch(1);

    @BeforeEach
    void publish() throws IOException {
        state = folder.resolve("state");
        publish(300);
        published = new Published(folder.resolve("ledger"));
    }

    @AfterEach
    void close() {
        published.close();
    }

    private TestLedger publish(int size) {
        return TestLedger.of(LEDGER, size).write(folder.resolve("ledger"));
    }

    private TestLedger publishForked(int size, int changed) {
        List<String> entries = TestLedger.entries(size);
        entries.set(changed, entries.get(changed).replace("tpDataByINN", "headcount"));
        return TestLedger.of(LEDGER, entries).write(folder.resolve("ledger"));
    }

    private int run(String... more) {
        out.reset();
        err.reset();
        List<String> words = new ArrayList<>(List.of("--ledger", published.address(), "--vkey", LEDGER.verifier().toString(), "--state", state.toString()));
        words.addAll(Arrays.asList(more));
        return new Witness(new PrintStream(out, true, StandardCharsets.UTF_8), new PrintStream(err, true, StandardCharsets.UTF_8), Clock.fixed(NOW, ZoneOffset.UTC), stop,
                Duration.ofSeconds(2)).run(words);
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    private void assertCosigns(int size, String... more) throws IOException, Unproven {
        int before = published.offered.size();
        assertEquals(0, run(words("--once", more)), this::err);
        assertTrue(out.toString(StandardCharsets.UTF_8).contains("co-signed: " + size + " entries\n"), out.toString(StandardCharsets.UTF_8));
        assertEquals(before + 1, published.offered.size());
        TrustedCheckpoint offered = TrustedCheckpoint.of(SignedNote.parse(published.offered.get(before)), List.of(LEDGER.verifier()), List.of(vkey()));
        assertEquals(size, offered.checkpoint().size());
        assertEquals(Map.of(vkey().name(), NOW), offered.cosigned());
    }

    private static String[] words(String first, String... more) {
        return Stream.concat(Stream.of(first), Stream.of(more)).toArray(String[]::new);
    }

    private VerifierKey vkey() throws IOException, Unproven {
        return VerifierKey.parse(Files.readString(state.resolve("witness.vkey")).strip());
    }

    private void assertTroubleWithoutCosignature(String part, String... more) {
        int before = published.offered.size();
        assertEquals(1, run(words("--once", more)), this::err);
        assertTrue(err().contains(part), this::err);
        assertEquals(1, err().lines().count(), this::err);
        assertEquals(before, published.offered.size());
        assertEquals(0, alarms().size());
    }

    private List<Path> alarms() {
        try (Stream<Path> files = Files.list(state)) {
            return files.filter(file -> file.getFileName().toString().startsWith("alarm-")).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** With both notes as evidence, and for good until a person removes it, even if the ledger looks honest again. */
    private void assertAlarm(String part, String... evidence) throws IOException {
        int before = published.offered.size();
        assertEquals(3, run("--once"), this::err);
        assertTrue(err().startsWith("ALARM: ") && err().contains(part), this::err);
        assertEquals(1, err().lines().count(), this::err);
        assertEquals(1, alarms().size());
        String alarm = Files.readString(alarms().get(0));
        for (String text : evidence) {
            assertTrue(alarm.contains(text), alarm);
        }
        publish(900);
        assertEquals(3, run("--once"));
        assertTrue(err().startsWith("There is an alarm in " + alarms().get(0)), this::err);
        assertEquals(before, published.offered.size());
    }

    @Test
    void cosignsWhatGrows() throws IOException, Unproven {
        assertCosigns(300, "--name", "witness.example/bank");
        assertEquals("witness.example/bank", vkey().name());
        for (int size : new int[] {301, 511, 512, 513, 700, 768, 65_536, 65_700}) {
            publish(size);
            assertCosigns(size);
        }
    }

    @Test
    void keepsItsKeyToItself() {
        assertEquals(0, run("--once"));
        try {
            assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(state.resolve("key.pem"))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        assertFalse(out.toString(StandardCharsets.UTF_8).contains("PRIVATE"));
    }

    @Test
    void doesNotRepeatWhatIsPublished() throws IOException, Unproven {
        assertCosigns(300);
        published.instead.put("checkpoint", published.offered.get(0).getBytes(StandardCharsets.UTF_8));
        assertEquals(0, run("--once"));
        assertEquals(1, published.offered.size());
    }

    @Test
    void remembersBeforeItPublishes() throws IOException, Unproven {
        List<String> remembered = new ArrayList<>();
        published.beforeOffer = () -> {
            try {
                remembered.add(Files.readString(state.resolve("verified")));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        };
        assertCosigns(300);
        publish(400);
        assertCosigns(400);
        assertEquals(published.offered, remembered);
    }

    @ParameterizedTest
    @CsvSource({"300, 2", "301, 299", "512, 0", "700, 256"})
    void raisesTheAlarmOnAFork(int size, int changed) throws IOException, Unproven {
        assertCosigns(300);
        String before = TestLedger.of(LEDGER, 300).note().format();
        String now = publishForked(size, changed).note().format();
        assertAlarm("The ledger ledger.example/kopuro was forked: there are two different trees of its first 300 entries", before.lines().skip(2).findFirst().orElseThrow(), now);
    }

    @Test
    void takesAChangeBehindItsCheckpointForGrowth() throws IOException, Unproven {
        assertCosigns(300);
        publishForked(700, 300);
        assertCosigns(700);
    }

    @Test
    void raisesTheAlarmWhenTheLedgerShrinks() throws IOException, Unproven {
        assertCosigns(300);
        assertAlarm("The ledger ledger.example/kopuro shrank from 300 to 5 entries.", publish(5).note().format());
    }

    @Test
    void raisesTheAlarmOnAnotherKey() throws IOException, Unproven {
        assertCosigns(300);
        TestLedger other = TestLedger.of(TestLedger.signer("ledger.example/kopuro", VerifierKey.Kind.NOTE), 400).write(folder.resolve("ledger"));
        assertAlarm("The ledger shows a checkpoint that its key did not sign.", other.note().format());
    }

    @Test
    void raisesTheAlarmOnASignatureThatDoesNotFit() throws IOException, Unproven {
        assertCosigns(300);
        String altered = publish(400).note().format().replace("\n400\n", "\n401\n");
        Files.writeString(folder.resolve("ledger/checkpoint"), altered);
        assertAlarm("does not fit the checkpoint", altered);
    }

    @Test
    void goesOnAfterAPersonRemovedTheAlarm() throws IOException, Unproven {
        assertCosigns(300);
        publish(5);
        assertAlarm("shrank");
        Files.delete(alarms().get(0));
        assertCosigns(900);
    }

    @Test
    void doesNotTakeTilesThatLeadElsewhereForAFork() throws IOException, Unproven {
        assertCosigns(300);
        publish(700);
        byte[] tile = Files.readAllBytes(folder.resolve("ledger/tile/0/001"));
        published.instead.put("tile/0/001", Arrays.copyOf(tile, tile.length - 1));
        assertTroubleWithoutCosignature("/tile/0/001 has 8191 octets instead of 8192.");
        tile[100 * 32] ^= 1;
        published.instead.put("tile/0/001", tile);
        assertTroubleWithoutCosignature("The ledger's tiles do not lead to its newest checkpoint of 700 entries.");
        published.instead.put("tile/0/001", new byte[0]);
        assertTroubleWithoutCosignature("/tile/0/001 has 0 octets instead of 8192.");
        published.instead.put("tile/0/001", new byte[10_000_000]);
        assertTroubleWithoutCosignature("/tile/0/001 answers more than 8192 octets.");
        published.instead.clear();
        assertCosigns(700);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<html>maintenance</html>", "\n\n— \n"})
    void doesNotTakeForeignAnswersForTheLedgers(String answer) throws IOException, Unproven {
        assertCosigns(300);
        published.instead.put("checkpoint", answer.getBytes(StandardCharsets.UTF_8));
        assertTroubleWithoutCosignature("/checkpoint answers no checkpoint: ");
        published.instead.put("checkpoint", new byte[1_000_000]);
        assertTroubleWithoutCosignature("/checkpoint answers more than 65536 octets.");
        published.refused.put("checkpoint", 503);
        assertTroubleWithoutCosignature("/checkpoint answers with status 503.");
    }

    @Test
    void waitsForAServerThatIsDownAndSaysSoOnce() throws Exception {
        assertCosigns(300);
        int port = published.port();
        published.close();
        CompletableFuture<Integer> follower = CompletableFuture.supplyAsync(() -> run("--every", "1"));
        await(() -> err().contains("/checkpoint cannot be reached."));
        Thread.sleep(1500);
        assertEquals(1, err().lines().count(), this::err);
        publish(400);
        published = new Published(folder.resolve("ledger"), port);
        await(() -> out.toString(StandardCharsets.UTF_8).contains("co-signed: 400 entries\nThe ledger is followed again.\n"));
        stop.countDown();
        assertEquals(0, follower.get(20, TimeUnit.SECONDS));
    }

    private static void await(java.util.function.BooleanSupplier happened) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!happened.getAsBoolean()) {
            assertTrue(System.nanoTime() < deadline, "it does not happen");
            Thread.sleep(50);
        }
    }

    @Test
    void doesNotWaitForAnAnswerThatNeverEnds() throws IOException, Unproven {
        published.beforeOffer = () -> {
            try {
                Thread.sleep(5000);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        };
        assertEquals(1, run("--once"));
        assertTrue(err().contains("/cosignatures does not answer within 2 seconds.") || err().contains("/cosignatures cannot be reached."), this::err);
    }

    @Test
    void offersAgainWhatWasRejected() throws IOException, Unproven {
        published.refused.put("cosignatures", 403);
        assertTroubleWithoutCosignature("/cosignatures answered with status 403. Is this witness registered there?");
        published.refused.clear();
        assertCosigns(300);
    }

    @Test
    void doesNotShareItsState() throws IOException, WrongUse {
        try (State held = State.take(state)) {
            assertEquals(2, run("--once"));
            assertEquals("Another witness works with " + held.folder() + ": stop it first, or take another folder.\n", err());
        }
        assertEquals(0, run("--once"));
    }

    @Test
    void isOfOneLedgerAndOfOneName() throws IOException, Unproven {
        assertCosigns(300, "--name", "witness.example/bank");
        assertEquals(2, run("--once", "--name", "witness.example/other"));
        assertTrue(err().startsWith("This state belongs to the witness witness.example/bank"), this::err);
        NoteSigner other = TestLedger.signer("ledger.example/other", VerifierKey.Kind.NOTE);
        TestLedger.of(other, 400).write(folder.resolve("ledger"));
        assertEquals(2, run("--once", "--vkey", other.verifier().toString()));
        assertTrue(err().contains(" is of the ledger ledger.example/kopuro, not of ledger.example/other"), this::err);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"--ledger ftp://x --vkey V --state S | --ledger is an address", "--vkey V --state S | --ledger is missing.", "--ledger http://x --state S | --vkey is missing.",
        "--ledger http://x --vkey V | --state is missing.", "--ledger http://x --vkey V --state S --every 0 | --every is from 1", "--ledger http://x --vkey V --state S word | takes options only",
        "--ledger http://x --vkey nokey --state S | neither a verifier key"})
    void saysWhatIsWrongWithItsCommandLine(String line, String sentence) {
        List<String> words = Stream.of(line.split(" ")).map(word -> switch (word) {
            case "V" -> LEDGER.verifier().toString();
            case "S" -> state.toString();
            default -> word;
        }).toList();
        assertEquals(2, new Witness(new PrintStream(out), new PrintStream(err, true, StandardCharsets.UTF_8), Clock.fixed(NOW, ZoneOffset.UTC), stop, Duration.ofSeconds(2)).run(words));
        assertTrue(err().contains(sentence), this::err);
    }
}
