package org.kopuro.ledger.proof;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Receipts: what is accepted, and that nothing else is. */
class ReceiptTest {

    private static final NoteSigner LEDGER = CheckpointTest.signer("ledger.example/kopuro", VerifierKey.Kind.NOTE);
    private static final NoteSigner WITNESS = CheckpointTest.signer("witness.example/bank", VerifierKey.Kind.COSIGNATURE);
    private static final NoteSigner STRANGER = CheckpointTest.signer("witness.example/stranger", VerifierKey.Kind.COSIGNATURE);
    private static final Instant COSIGNED_AT = Instant.ofEpochSecond(1_700_000_000);
    private static final byte[] KEY = "one key for one field of a entry".getBytes(StandardCharsets.US_ASCII);
    private static final String VALUE = "23002199000001";
    private static final int SIZE = 11;
    private static final int INDEX = 6;
    private static final List<String> ENTRIES = IntStream.range(0, SIZE).mapToObj(ReceiptTest::entry).toList();
    private static final Edge EDGE = new Edge();

    static {
        ENTRIES.forEach(entry -> EDGE.append(Hash.ofLeaf(entry), (tile, hashes) -> { }));
    }

    private static String entry(int number) {
        return ("{\"at\":\"2026-11-22T06:10:11.123456Z\",\"contour\":\"TEST\",\"data\":{\"service\":\"tpDataByINN\",\"subject\":\"%s\"},\"id\":\"entry-%d\","
                + "\"record\":{\"id\":\"row-%d\",\"kind\":\"usage\"},\"type\":\"exchange.call\",\"version\":1}").formatted(Receipt.Opening.hidden(KEY, VALUE), number, number);
    }

    private static List<Hash> path(int index) {
        try {
            return new Tiles(tile -> EDGE.tile(tile.level()), SIZE).inclusion(index, SIZE).path();
        } catch (Unproven e) {
            throw new IllegalStateException(e);
        }
    }

    private static String note(SignedNote.Signature... more) {
        String text = new Checkpoint(LEDGER.verifier().name(), SIZE, EDGE.root()).text();
        return new SignedNote(text, List.of(LEDGER.sign(text))).with(List.of(more)).format();
    }

    private static SignedNote.Signature cosigned(NoteSigner witness) {
        return witness.cosign(new Checkpoint(LEDGER.verifier().name(), SIZE, EDGE.root()).text(), COSIGNED_AT);
    }

    private static Receipt receipt() {
        return new Receipt(ENTRIES.get(INDEX), INDEX, path(INDEX), note(cosigned(WITNESS)), Map.of("subject", Receipt.Opening.of(KEY, VALUE)));
    }

    private static Receipt.Verified verified(byte[] file) throws Unproven {
        try {
            String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(file)).toString();
            return Receipt.parse(text).verify(List.of(LEDGER.verifier()), List.of(WITNESS.verifier()));
        } catch (CharacterCodingException e) {
            throw new Unproven("The receipt is not UTF-8.");
        }
    }

    private static byte[] file() {
        return receipt().format().getBytes(StandardCharsets.UTF_8);
    }

    private static String refusal(Receipt receipt) {
        return assertThrows(Unproven.class, () -> verified(receipt.format().getBytes(StandardCharsets.UTF_8))).getMessage();
    }

    @Test
    void sayWhatWasProven() throws Unproven {
        Receipt.Verified verified = verified(file());
        assertEquals("entry-6", verified.entry().id());
        assertEquals("row-6", verified.entry().recordId());
        assertEquals(SIZE, verified.checkpoint().checkpoint().size());
        assertEquals(List.of(LEDGER.verifier()), verified.checkpoint().signedBy());
        assertEquals(Map.of("witness.example/bank", COSIGNED_AT), verified.checkpoint().cosigned());
        assertEquals(receipt(), Receipt.parse(receipt().format()));
    }

    @Test
    void withAnyOctetAlteredAreRefused() {
        byte[] file = file();
        for (int place = 0; place < file.length; place++) {
            // The neighbour, the other case, what is not UTF-8.
            for (int bit : new int[] {0, 5, 7}) {
                byte[] altered = file.clone();
                altered[place] ^= (byte) (1 << bit);
                assertRefused(altered, "bit " + bit + " of octet " + place + " altered");
            }
        }
    }

    @Test
    void withAnyOctetDroppedOrDoubledOrInsertedAreRefused() {
        byte[] file = file();
        for (int place = 0; place < file.length; place++) {
            byte[] dropped = new byte[file.length - 1];
            System.arraycopy(file, 0, dropped, 0, place);
            System.arraycopy(file, place + 1, dropped, place, file.length - place - 1);
            assertRefused(dropped, "octet " + place + " dropped");
            assertRefused(inserted(file, place, file[place]), "octet " + place + " doubled");
            assertRefused(inserted(file, place, (byte) ' '), "a blank before octet " + place);
        }
        assertRefused(inserted(file, file.length, (byte) '\n'), "another line feed");
    }

    @Test
    void cutOffAnywhereAreRefused() {
        byte[] file = file();
        for (int length = 0; length < file.length; length++) {
            assertRefused(Arrays.copyOf(file, length), "cut off after " + length);
        }
    }

    private static byte[] inserted(byte[] file, int place, byte octet) {
        return ByteBuffer.allocate(file.length + 1).put(file, 0, place).put(octet).put(file, place, file.length - place).array();
    }

    private static void assertRefused(byte[] file, String what) {
        assertThrows(Unproven.class, () -> verified(file), what);
    }

    @Test
    void ofEveryOtherIndexAreRefused() {
        for (int index = 0; index < 2 * SIZE; index++) {
            if (index != INDEX) {
                refusal(new Receipt(ENTRIES.get(INDEX), index, path(INDEX), note(), Map.of()));
            }
        }
        assertEquals("The index 11 does not exist in a tree of 11 entries.", refusal(new Receipt(ENTRIES.get(INDEX), SIZE, path(INDEX), note(), Map.of())));
    }

    @Test
    void withHashesSwappedOrAnotherEntryAreRefused() {
        List<Hash> swapped = new ArrayList<>(path(INDEX));
        swapped.add(swapped.remove(0));
        String sentence = "The entry does not lead to the checkpoint's root: at index 6 there is another entry, or the entry or the proof was altered.";
        assertEquals(sentence, refusal(new Receipt(ENTRIES.get(INDEX), INDEX, swapped, note(), Map.of())));
        assertEquals(sentence, refusal(new Receipt(ENTRIES.get(INDEX + 1), INDEX, path(INDEX), note(), Map.of())));
    }

    @Test
    void signedByAnotherKeyAreRefused() {
        NoteSigner other = CheckpointTest.signer(LEDGER.verifier().name(), VerifierKey.Kind.NOTE);
        String text = new Checkpoint(LEDGER.verifier().name(), SIZE, EDGE.root()).text();
        String note = new SignedNote(text, List.of(other.sign(text))).format();
        assertEquals("The checkpoint is not signed by a key of the ledger that was given; its lines are of ledger.example/kopuro.",
                refusal(new Receipt(ENTRIES.get(INDEX), INDEX, path(INDEX), note, Map.of())));
    }

    @Test
    void ofAnotherLedgerThatOurKeySignedAreRefused() {
        String text = new Checkpoint("ledger.example/other", SIZE, EDGE.root()).text();
        assertEquals("The checkpoint is of the ledger ledger.example/other, but signed by the key of ledger.example/kopuro.",
                refusal(new Receipt(ENTRIES.get(INDEX), INDEX, path(INDEX), new SignedNote(text, List.of(LEDGER.sign(text))).format(), Map.of())));
    }

    @Test
    void mayCarryLinesOfUnknownWitnessesWhichProveNothing() throws Unproven {
        Receipt receipt = new Receipt(ENTRIES.get(INDEX), INDEX, path(INDEX), note(cosigned(STRANGER)), Map.of());
        TrustedCheckpoint checkpoint = receipt.verify(List.of(LEDGER.verifier()), List.of(WITNESS.verifier())).checkpoint();
        assertEquals(Map.of(), checkpoint.cosigned());
        assertEquals(List.of("witness.example/stranger"), checkpoint.unchecked());
    }

    @Test
    void withACosignatureOfAnotherTreeAreRefused() {
        SignedNote.Signature elsewhere = WITNESS.cosign(new Checkpoint(LEDGER.verifier().name(), SIZE, Hash.EMPTY_TREE).text(), COSIGNED_AT);
        assertTrue(refusal(new Receipt(ENTRIES.get(INDEX), INDEX, path(INDEX), note(elsewhere), Map.of())).startsWith("The signature of witness.example/bank (key "));
    }

    @Test
    void withOneSignatureTwiceAreRefused() {
        assertEquals("The checkpoint has two signature lines of one key of witness.example/bank.",
                refusal(new Receipt(ENTRIES.get(INDEX), INDEX, path(INDEX), note(cosigned(WITNESS), cosigned(WITNESS)), Map.of())));
    }

    @Test
    void countAWitnessWithTwoKeysOnce() throws Unproven {
        NoteSigner next = CheckpointTest.signer(WITNESS.verifier().name(), VerifierKey.Kind.COSIGNATURE);
        Receipt receipt = new Receipt(ENTRIES.get(INDEX), INDEX, path(INDEX), note(cosigned(WITNESS), cosigned(next)), Map.of());
        assertEquals(1, receipt.verify(List.of(LEDGER.verifier()), List.of(WITNESS.verifier(), next.verifier())).checkpoint().cosigned().size());
    }

    static Stream<Map<String, Receipt.Opening>> falseOpenings() {
        byte[] longer = Arrays.copyOf(KEY, KEY.length + 1);
        return Stream.of(Map.of("subject", Receipt.Opening.of(KEY, "23002199000002")), Map.of("subject", Receipt.Opening.of(new byte[32], VALUE)),
                // HMAC itself would take this one for the key.
                Map.of("subject", Receipt.Opening.of(longer, VALUE)), Map.of("service", Receipt.Opening.of(KEY, "tpDataByINN")),
                Map.of("nothing", Receipt.Opening.of(KEY, VALUE)), Map.of("subject", new Receipt.Opening("", VALUE)), Map.of("subject", new Receipt.Opening("!", VALUE)));
    }

    @ParameterizedTest
    @MethodSource("falseOpenings")
    void withOpeningsThatDoNotFitAreRefused(Map<String, Receipt.Opening> openings) {
        String sentence = refusal(new Receipt(ENTRIES.get(INDEX), INDEX, path(INDEX), note(), openings));
        assertTrue(sentence.contains("opening of “" + openings.keySet().iterator().next() + "”"), sentence);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "{}\n", "[]\n", "null\n", "{\"format\":\"kopuro-receipt/2\"}\n", "{\"format\":1e999}\n", "{\"a\":\"\\ud800\"}\n", "{\"format\":\"kopuro-receipt/1\"}\n",
        "{\"checkpoint\":\"\",\"entry\":\"\",\"format\":\"kopuro-receipt/1\",\"index\":0,\"more\":1,\"openings\":{},\"path\":[]}\n",
        "{\"checkpoint\":\"\",\"entry\":\"\",\"format\":\"kopuro-receipt/1\",\"index\":1e+300,\"openings\":{},\"path\":[]}\n",
        "{\"checkpoint\":\"\",\"entry\":\"\",\"format\":\"kopuro-receipt/1\",\"index\":0.5,\"openings\":{},\"path\":[]}\n",
        "{\"checkpoint\":\"\",\"entry\":\"\",\"format\":\"kopuro-receipt/1\",\"index\":0,\"openings\":{},\"path\":[1]}\n",
        "{\"checkpoint\":\"\",\"entry\":\"\",\"format\":\"kopuro-receipt/1\",\"index\":0,\"openings\":{\"a\":1},\"path\":[]}\n"})
    void ofAnotherFormAreRefused(String text) {
        assertThrows(Unproven.class, () -> Receipt.parse(text));
    }

    @Test
    void withoutAnEndAreRefusedAndNotFollowed() {
        assertThrows(Unproven.class, () -> Receipt.parse("{\"a\":" + "[".repeat(Receipt.LENGTH_MAX - 10) + "\n"));
        assertEquals("The receipt is longer than 1048576 characters.", assertThrows(Unproven.class, () -> Receipt.parse(" ".repeat(Receipt.LENGTH_MAX + 1))).getMessage());
    }

    @Test
    void ofEntriesThatAreNoneAreRefused() {
        for (String entry : List.of("{}", "text", ENTRIES.get(0).replace("2026-11-22T06", "2026-11-22 06"), ENTRIES.get(0).replace("\"version\":1", "\"version\":\"1\""),
                ENTRIES.get(0).replace(",", ", "), ENTRIES.get(0).replace("\"kind\"", "\"sort\""))) {
            assertThrows(Unproven.class, () -> Entry.parse(entry, "The entry"), entry);
        }
        assertEquals("The entry has 65562 octets; at most 65535 are possible.",
                assertThrows(Unproven.class, () -> Entry.parse("{\"a\":\"" + "я".repeat(32_777) + "\"}", "The entry")).getMessage());
    }

    @Test
    void haveConsistencyProofsForBrothers() throws Unproven {
        ConsistencyProof proof = new ConsistencyProof(5, SIZE, path(INDEX));
        assertEquals(proof, ConsistencyFile.parse(ConsistencyFile.format(proof)));
        assertThrows(Unproven.class, () -> ConsistencyFile.parse(ConsistencyFile.format(proof).strip()));
        assertThrows(Unproven.class, () -> ConsistencyFile.parse(receipt().format()));
    }
}
