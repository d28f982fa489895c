package org.kopuro.witness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kopuro.ledger.proof.NoteSigner;
import org.kopuro.ledger.proof.VerifierKey;
import org.kopuro.verify.TestLedger;

/** The mirror of a witness: always a copy that bin/verify proves, whatever happened in between. */
class MirrorTest {

    private static final NoteSigner LEDGER = TestLedger.signer("ledger.example/kopuro", VerifierKey.Kind.NOTE);

    @TempDir
    private Path folder;
    private Path mirror;
    private Published published;
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @BeforeEach
    void publish() throws IOException {
        mirror = folder.resolve("state/mirror");
        publish(300);
        published = new Published(folder.resolve("ledger"));
    }

    @AfterEach
    void close() {
        published.close();
    }

    private void publish(int size) {
        TestLedger.of(LEDGER, size).write(folder.resolve("ledger"));
    }

    private int witness() {
        return witness("--mirror");
    }

    private int witness(String... more) {
        err.reset();
        List<String> words = new ArrayList<>(List.of("--ledger", published.address(), "--vkey", LEDGER.verifier().toString(), "--state", folder.resolve("state").toString(), "--once"));
        words.addAll(List.of(more));
        return new Witness(new PrintStream(new ByteArrayOutputStream()), new PrintStream(err, true, StandardCharsets.UTF_8), Clock.fixed(Instant.ofEpochSecond(1_800_000_000), ZoneOffset.UTC),
                new CountDownLatch(1), Duration.ofSeconds(5)).run(words);
    }

    private void assertProven(int size) throws IOException {
        String witness = Files.readString(folder.resolve("state/witness.vkey")).strip();
        assertEquals("", TestLedger.refusal(List.of(mirror.toString(), "--vkey", LEDGER.verifier().toString(), "--witness", witness, "--witnesses", "1")));
        assertTrue(Files.readString(mirror.resolve("checkpoint")).startsWith("ledger.example/kopuro\n" + size + "\n"));
    }

    @Test
    void growsWithTheLedger() throws IOException {
        for (int size : new int[] {300, 301, 512, 600, 1300, 65_536, 65_900}) {
            publish(size);
            assertEquals(0, witness(), err::toString);
            assertProven(size);
        }
        assertFalse(Files.exists(mirror.resolve("tile/0/001.p")));
        assertFalse(Files.exists(mirror.resolve("tile/entries/001.p")));
        assertTrue(Files.exists(mirror.resolve("checkpoints/301")));
    }

    @Test
    void asksOnlyForWhatIsNew() {
        publish(2000);
        assertEquals(0, witness(), err::toString);
        publish(2100);
        published.asked.clear();
        assertEquals(0, witness(), err::toString);
        assertEquals(List.of("tile/entries/007", "tile/entries/008.p/52"), published.asked.stream().filter(path -> path.startsWith("tile/entries/")).toList());
    }

    @Test
    void takesNoEntryThatDoesNotFit() throws IOException {
        assertEquals(0, witness(), err::toString);
        publish(600);
        Path bundle = folder.resolve("ledger/tile/entries/001");
        byte[] honest = Files.readAllBytes(bundle);
        // In front of what was mirrored, and behind it.
        for (int place : new int[] {20, honest.length - 20}) {
            byte[] altered = honest.clone();
            altered[place] ^= 1;
            Files.write(bundle, altered);
            assertEquals(1, witness());
            assertTrue(err.toString(StandardCharsets.UTF_8).matches("The entry that the ledger gives at index (256|511) does not fit tile/0/001\\.\n"), err::toString);
            assertProven(300);
        }
        Files.write(bundle, new byte[0]);
        assertEquals(1, witness());
        assertTrue(err.toString(StandardCharsets.UTF_8).endsWith("tile/entries/001 ends before the entry at index 256.\n"), err::toString);
        Files.write(bundle, honest);
        assertEquals(0, witness(), err::toString);
        assertProven(600);
        assertEquals(2, published.offered.size());
    }

    /** A server may give other entries with other tiles, when it is not the growth that is looked at. */
    @Test
    void takesNoEntriesThatFitTheirTileButNotTheTree() throws IOException {
        assertEquals(0, witness(), err::toString);
        publish(600);
        assertEquals(0, witness(new String[0]), err::toString);
        for (int changed : new int[] {260, 400}) {
            List<String> entries = TestLedger.entries(600);
            entries.set(changed, entries.get(changed).replace("tpDataByINN", "headcount"));
            TestLedger.of(LEDGER, entries).write(folder.resolve("other"));
            for (String name : List.of("tile/0/001", "tile/entries/001")) {
                published.instead.put(name, Files.readAllBytes(folder.resolve("other").resolve(name)));
            }
            assertEquals(1, witness());
            String sentence = changed == 260 ? "The entry that the ledger gives at index 260 does not fit tile/0/001." : "The entries that the ledger gives have the root ";
            assertTrue(err.toString(StandardCharsets.UTF_8).startsWith(sentence), err::toString);
            assertProven(300);
        }
        published.instead.clear();
        assertEquals(0, witness(), err::toString);
        assertProven(600);
    }

    @Test
    void readsTheFullTileWhereTheUnfinishedOneIsGone() throws IOException {
        byte[] checkpoint = Files.readAllBytes(folder.resolve("ledger/checkpoint"));
        publish(600);
        published.instead.put("checkpoint", checkpoint);
        Files.delete(folder.resolve("ledger/tile/0/001.p/44"));
        Files.delete(folder.resolve("ledger/tile/entries/001.p/44"));
        assertEquals(0, witness(), err::toString);
        assertProven(300);
        published.instead.clear();
        assertEquals(0, witness(), err::toString);
        assertProven(600);
    }

    @Test
    void goesOnWhereItWasInterrupted() throws IOException {
        assertEquals(0, witness(), err::toString);
        publish(1300);
        published.refused.put("tile/entries/004", 500);
        assertEquals(1, witness());
        assertProven(300);
        assertTrue(Files.exists(mirror.resolve("tile/entries/003")));
        published.refused.clear();
        assertEquals(0, witness(), err::toString);
        assertProven(1300);
    }

    @Test
    void isMadeAnewByAWitnessThatHadNone() throws IOException {
        assertEquals(0, witness(), err::toString);
        try (var files = Files.walk(mirror)) {
            files.sorted(java.util.Comparator.reverseOrder()).forEach(file -> assertTrue(file.toFile().delete()));
        }
        assertEquals(0, witness(), err::toString);
        assertProven(300);
    }

    @Test
    void thatWasAlteredIsNotContinued() throws IOException {
        assertEquals(0, witness(), err::toString);
        Path tile = mirror.resolve("tile/0/001.p/44");
        byte[] altered = Files.readAllBytes(tile);
        altered[0] ^= 1;
        Files.write(tile, altered);
        publish(600);
        assertEquals(2, witness());
        assertEquals("The mirror " + mirror + " was altered, remove it and it is made anew: its tiles do not fit its checkpoint.\n", err.toString(StandardCharsets.UTF_8));
    }
}
