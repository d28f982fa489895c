package org.kopuro.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.kopuro.ledger.proof.EntryBundle;
import org.kopuro.ledger.proof.NoteSigner;
import org.kopuro.ledger.proof.SignedNote;
import org.kopuro.ledger.proof.Tile;
import org.kopuro.ledger.proof.Unproven;
import org.kopuro.ledger.proof.VerifierKey;

/** Whole copies of a ledger: an honest one is proven; of every other it is said what is wrong and where. */
class CopyTest {

    private static final NoteSigner LEDGER = TestLedger.signer("ledger.example/kopuro", VerifierKey.Kind.NOTE);
    private static final NoteSigner WITNESS = TestLedger.signer("witness.example/bank", VerifierKey.Kind.COSIGNATURE);
    private static final int SIZE = 1000;

    @TempDir
    private Path folder;
    private List<String> entries;

    @BeforeEach
    void write() {
        TestLedger.of(LEDGER, 300).write(folder);
        TestLedger.of(LEDGER, 512).write(folder);
        entries = TestLedger.entries(SIZE);
        TestLedger.of(LEDGER, entries).write(folder);
    }

    private Command verify(String... more) {
        return Command.run(LEDGER.verifier(), folder, more);
    }

    /** The bundles and the hashes of entries are replaced, and all above them: what a thief can do who has no key. */
    private void rewrite(List<String> other) throws IOException {
        byte[] checkpoint = Files.readAllBytes(folder.resolve("checkpoint"));
        TestLedger.of(LEDGER, other).write(folder);
        Files.write(folder.resolve("checkpoint"), checkpoint);
        Files.deleteIfExists(folder.resolve("checkpoints/" + SIZE));
    }

    private void forget(String first) throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve(first))) {
            files.sorted(Collections.reverseOrder()).forEach(file -> assertTrue(file.toFile().delete()));
        }
    }

    /** What was kept of earlier states, so that only the newest is left to prove anything. */
    private void forgetHistory() throws IOException {
        forget("checkpoints");
        for (String part : List.of("tile/0/001.p", "tile/entries/001.p", "tile/1/000.p/1", "tile/1/000.p/2")) {
            forget(part);
        }
    }

    private byte[] octets(String name) throws IOException {
        return Files.readAllBytes(folder.resolve(name));
    }

    @Test
    void areProvenWithWhatTheyWereEarlier() {
        String out = verify().proves().out();
        assertTrue(out.startsWith("proven: the copy holds all 1000 entries of the ledger ledger.example/kopuro, and each of its tiles and of its 4 checkpoints fits them\n"
                + "checkpoint: 1000 entries, root "), out);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 255, 256, 257, 512, 65_536, 65_793})
    void ofEverySizeAreProven(int size, @TempDir Path other) {
        TestLedger.of(LEDGER, size).write(other);
        Command.run(LEDGER.verifier(), other).proves();
    }

    @Test
    void withAFullTileAboveTheLeavesAlteredNameIt(@TempDir Path other) throws IOException {
        TestLedger.of(LEDGER, 65_793).write(other);
        byte[] tile = Files.readAllBytes(other.resolve("tile/1/000"));
        tile[7 * 32] ^= 1;
        Files.write(other.resolve("tile/1/000"), tile);
        Command.run(LEDGER.verifier(), other).doesNotProve("tile/1/000: hash 7 (index 1792 to 2047) does not fit the tiles below it.");
    }

    @Test
    void thatWentOnAfterTheirCheckpointAreProvenUpToIt() throws IOException {
        byte[] earlier = octets("checkpoints/512");
        forget("checkpoints");
        Files.write(folder.resolve("checkpoint"), earlier);
        assertTrue(verify().proves().out().contains("all 512 entries"));
    }

    @Test
    void withAnEntryChangedNameItsIndex() throws IOException {
        entries.set(785, entries.get(785).replace("tpDataByINN", "headcount"));
        List<byte[]> bundle = entries.subList(768, 1000).stream().map(entry -> entry.getBytes(StandardCharsets.UTF_8)).toList();
        Files.write(folder.resolve("tile/entries/003.p/232"), EntryBundle.format(bundle));
        verify().doesNotProve("tile/0/003.p/232: hash 17 (index 785) does not fit the entry.");
    }

    @Test
    void withAnEntryAndItsHashChangedNameTheTileAbove() throws IOException {
        byte[] above = octets("tile/1/000.p/3");
        byte[] middle = octets("tile/1/000.p/2");
        entries.set(300, entries.get(300).replace("tpDataByINN", "headcount"));
        rewrite(entries);
        Files.write(folder.resolve("tile/1/000.p/3"), above);
        Files.write(folder.resolve("tile/1/000.p/2"), middle);
        Files.delete(folder.resolve("checkpoints/512"));
        verify().doesNotProve("tile/1/000.p/3: hash 1 (index 256 to 511) does not fit the tiles below it.");
    }

    @Test
    void withTheWholeTreeRewrittenDoNotFitTheSignedRoots() throws IOException {
        entries.set(400, entries.get(400).replace("tpDataByINN", "headcount"));
        rewrite(entries);
        verify().doesNotProveBecause("fork: checkpoints/512 signs the root ");
        forgetHistory();
        verify().doesNotProveBecause("fork: checkpoint signs the root ");
    }

    @Test
    void withTheWholeTreeRewrittenAndSignedByTheTrueKeyDoNotFitWhatWasSignedBefore() throws IOException {
        entries.set(400, entries.get(400).replace("tpDataByINN", "headcount"));
        TestLedger.of(LEDGER, entries).write(folder);
        verify().doesNotProveBecause(" for 512 entries, but the entries here give ");
        verify().doesNotProveBecause(": from index 300 on, entries were changed, dropped, inserted or reordered.");
    }

    @Test
    void withTheWholeTreeRewrittenAndSignedByTheTrueKeyLackTheWitness() throws IOException {
        SignedNote honest = TestLedger.of(LEDGER, entries).note();
        Files.writeString(folder.resolve("checkpoint"), honest.with(List.of(WITNESS.cosign(honest.text(), Instant.EPOCH))).format());
        String[] witness = {"--witness", WITNESS.verifier().toString(), "--witnesses", "1"};
        assertTrue(verify(witness).proves().out().contains("co-signed by: witness.example/bank at 1970-01-01T00:00:00Z"));
        entries.set(990, entries.get(990).replace("tpDataByINN", "headcount"));
        TestLedger.of(LEDGER, entries).write(folder);
        verify().proves();
        verify(witness).doesNotProve("The checkpoint is co-signed by 0 of the given witnesses; 1 are wanted.");
    }

    @Test
    void withEntriesDroppedInsertedOrReorderedAreRefused() throws IOException {
        forgetHistory();
        List<String> dropped = TestLedger.entries(SIZE + 1);
        dropped.remove(600);
        rewrite(dropped);
        verify().doesNotProveBecause("fork: checkpoint signs the root ");

        List<String> inserted = TestLedger.entries(SIZE - 1);
        inserted.add(600, TestLedger.entry(5000, TestLedger.BEGIN.plusSeconds(600)));
        rewrite(inserted);
        verify().doesNotProveBecause("fork: checkpoint signs the root ");

        List<String> swapped = TestLedger.entries(SIZE);
        Collections.swap(swapped, 600, 601);
        rewrite(swapped);
        verify().doesNotProveBecause("fork: checkpoint signs the root ");
    }

    @Test
    void thatWereTruncatedAreRefused() throws IOException {
        Files.copy(folder.resolve("checkpoints/512"), folder.resolve("checkpoint"), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        verify().doesNotProve("The ledger was truncated: checkpoints/1000 is there, but the newest checkpoint has only 512 entries.");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "tile/entries/003.p/232 | tile/entries/003.p/232 is missing: the entries from index 768 on are not there.",
        "tile/entries/001       | tile/entries/001 is missing: the entries from index 256 on are not there.",
        "tile/0/002             | tile/0/002 is missing: the copy is not complete.",
        "tile/1/000.p/3         | tile/1/000.p/3 is missing: the copy is not complete."})
    void thatAreNotCompleteSayWhatIsMissing(String name, String sentence) throws IOException {
        Files.delete(folder.resolve(name));
        verify().doesNotProve(sentence);
    }

    @ParameterizedTest
    @ValueSource(strings = {"tile/0/000", "tile/0/003.p/232", "tile/0/001.p/44", "tile/1/000.p/3", "tile/1/000.p/1", "tile/entries/000", "tile/entries/001.p/44", "tile/entries/003.p/232",
        "checkpoint", "checkpoints/300", "checkpoints/512", "checkpoints/1000"})
    void withAnyFileAlteredAreRefused(String name) throws IOException {
        byte[] octets = octets(name);
        for (int place : new int[] {0, 1, octets.length / 2, octets.length - 1}) {
            byte[] altered = octets.clone();
            altered[place] ^= 1;
            Files.write(folder.resolve(name), altered);
            assertEquals(1, verify().exitCode(), name + " at " + place);
        }
        for (byte[] other : List.of(new byte[0], Arrays.copyOf(octets, octets.length - 1), Arrays.copyOf(octets, octets.length + 1))) {
            Files.write(folder.resolve(name), other);
            assertEquals(1, verify().exitCode(), name + " of length " + other.length);
        }
        Files.write(folder.resolve(name), octets);
        verify().proves();
    }

    @Test
    void withABundleCutOffSayWhere() throws IOException {
        byte[] octets = octets("tile/entries/002");
        Files.write(folder.resolve("tile/entries/002"), Arrays.copyOf(octets, octets.length - 5));
        verify().doesNotProve("tile/entries/002 ends within the entry at index 767.");
        Files.write(folder.resolve("tile/entries/002"), Arrays.copyOf(octets, octets.length + 5));
        verify().doesNotProve("tile/entries/002 has 5 octets behind its 256 entries.");
    }

    @Test
    void withABackDatedEntryAreRefusedUnlessAPersonKnowsWhy(@TempDir Path other) {
        List<String> dated = TestLedger.entries(SIZE);
        dated.set(700, TestLedger.entry(700, TestLedger.BEGIN.plusSeconds(699).minus(Duration.ofMinutes(10))));
        TestLedger.of(LEDGER, dated).write(other);
        Command.run(LEDGER.verifier(), other).proves();
        dated.set(700, TestLedger.entry(700, TestLedger.BEGIN.plusSeconds(698).minus(Duration.ofMinutes(10))));
        TestLedger.of(LEDGER, dated).write(other);
        Command.run(LEDGER.verifier(), other).doesNotProve("The entry at index 700 is back-dated: it says 2026-11-22T06:01:38Z, but index 699 before it says 2026-11-22T06:11:39Z."
                + " If a clock was set back there, --accept-clock-jump 700 goes on.");
        Command.run(LEDGER.verifier(), other, "--accept-clock-jump", "699").doesNotProveBecause("index 700 is back-dated");
        Command.run(LEDGER.verifier(), other, "--accept-clock-jump", "700", "--accept-clock-jump", "3").proves();
    }

    @Test
    void withAnEntryTwiceAreRefused(@TempDir Path other) {
        List<String> doubled = TestLedger.entries(SIZE);
        doubled.set(900, TestLedger.entry(5, TestLedger.BEGIN.plusSeconds(900)));
        TestLedger.of(LEDGER, doubled).write(other);
        Command.run(LEDGER.verifier(), other).doesNotProve("The entry at index 900 has the id " + TestLedger.id(5) + ", which index 5 has already: an entry stands there twice.");
    }

    @Test
    void withAnEntryThatIsNoneAreRefused(@TempDir Path other) {
        List<String> spaced = TestLedger.entries(3);
        spaced.set(2, spaced.get(2).replace(",", ", "));
        TestLedger.of(LEDGER, spaced).write(other);
        Command.run(LEDGER.verifier(), other).doesNotProve("The entry at index 2 is not canonical JSON (RFC 8785): it was altered, or written by something else.");
        spaced.set(2, "hello");
        TestLedger.of(LEDGER, spaced).write(other);
        Command.run(LEDGER.verifier(), other).doesNotProve("The entry at index 2 is not a JSON object.");
    }

    @Test
    void signedWithAnotherKeyAreRefused(@TempDir Path other) {
        TestLedger.of(TestLedger.signer("ledger.example/kopuro", VerifierKey.Kind.NOTE), 5).write(other);
        Command.run(LEDGER.verifier(), other).doesNotProve("The checkpoint is not signed by a key of the ledger that was given; its lines are of ledger.example/kopuro.");
    }

    @Test
    void thatChangedTheirKeyAreProvenWithBothKeys(@TempDir Path other) {
        NoteSigner next = TestLedger.signer("ledger.example/kopuro", VerifierKey.Kind.NOTE);
        TestLedger.of(LEDGER, 5).write(other);
        TestLedger.of(next, 9).write(other);
        Command.run(LEDGER.verifier(), other, "--vkey", next.verifier().toString()).proves();
        Command.run(next.verifier(), other).doesNotProveBecause("checkpoints/5: The checkpoint is not signed by a key");
    }

    @Test
    void withACheckpointUnderAnotherNameAreRefused() throws IOException {
        Files.copy(folder.resolve("checkpoints/300"), folder.resolve("checkpoints/299"));
        verify().doesNotProve("checkpoints/299 is a checkpoint of 300 entries.");
        Files.move(folder.resolve("checkpoints/299"), folder.resolve("checkpoints/0299"));
        verify().doesNotProve("checkpoints/0299 is not named by a size.");
    }

    @Test
    void thatAreNoneAreRefused(@TempDir Path other) throws IOException {
        Command.run(LEDGER.verifier(), other).doesNotProve("The folder " + other + " has no checkpoint: it is not a copy of a ledger.");
        Files.createSymbolicLink(other.resolve("checkpoint"), other.resolve("checkpoint"));
        Command.run(LEDGER.verifier(), other).doesNotProve("The folder " + other + " has no checkpoint: it is not a copy of a ledger.");
        Files.delete(other.resolve("checkpoint"));
        Files.createDirectory(other.resolve("checkpoint"));
        Command.run(LEDGER.verifier(), other).doesNotProve(other.resolve("checkpoint") + " is not a file.");
    }

    @Test
    void withFilesWithoutEndOrLinksInACircleAreRefused() throws IOException {
        Path bundle = folder.resolve("tile/entries/000");
        try (var file = Files.newByteChannel(bundle, StandardOpenOption.WRITE)) {
            file.position(1L << 30).write(java.nio.ByteBuffer.wrap(new byte[1]));
        }
        verify().doesNotProve(bundle + " has more than 16777472 octets.");
        Files.delete(bundle);
        Files.createSymbolicLink(bundle, bundle);
        verify().doesNotProve("tile/entries/000 is missing: the entries from index 0 on are not there.");
        Files.delete(bundle);
        Files.createSymbolicLink(bundle, Path.of("/dev/zero"));
        verify().doesNotProve(bundle + " is not a file.");
        Files.delete(bundle);
    }

    @Test
    void ofACheckpointThatPromisesTooMuchAreRefusedAtOnce() throws IOException {
        String text = "ledger.example/kopuro\n999999999999999999\n" + TestLedger.of(LEDGER, 1).root().base64() + "\n";
        forget("checkpoints");
        Files.writeString(folder.resolve("checkpoint"), new SignedNote(text, List.of(LEDGER.sign(text))).format());
        verify().doesNotProve("tile/entries/003 is missing: the entries from index 768 on are not there.");
    }

    @Test
    void compareAsManyIdsAsThereIsMemoryFor() throws WrongUse {
        SeenIds ids = new SeenIds(10_000);
        for (int i = 0; i < 10_000; i++) {
            assertTrue(ids.add("id " + i));
            assertFalse(ids.add("id " + i / 2));
        }
        assertTrue(assertThrows(WrongUse.class, () -> ids.add("one more")).getMessage().startsWith("To compare the ids of more than 10000 entries needs more memory"));
    }

    @Test
    void haveBundlesThatAreReadAsTheyWereWritten() throws Unproven {
        List<byte[]> bundle = List.of(new byte[0], new byte[65_535], "entry".getBytes(StandardCharsets.UTF_8));
        List<byte[]> read = EntryBundle.parse(EntryBundle.format(bundle), new Tile(Tile.ENTRIES, 0, 3));
        assertEquals(List.of(0, 65_535, 5), read.stream().map(entry -> entry.length).toList());
        assertThrows(IllegalArgumentException.class, () -> EntryBundle.format(List.of(new byte[65_536])));
    }
}
