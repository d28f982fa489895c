package org.kopuro.ledger.proof;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Signed checkpoints: what is accepted, and that nothing else is. */
class CheckpointTest {

    private static final NoteSigner LEDGER = signer("ledger.example/kopuro", VerifierKey.Kind.NOTE);
    private static final NoteSigner WITNESS = signer("witness.example/bank", VerifierKey.Kind.COSIGNATURE);
    private static final Checkpoint CHECKPOINT = new Checkpoint("ledger.example/kopuro", 7, Hash.EMPTY_TREE);

    static NoteSigner signer(String name, VerifierKey.Kind kind) {
        try {
            KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
            return new NoteSigner(VerifierKey.of(name, kind, pair.getPublic()), pair.getPrivate());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static SignedNote signed() {
        return new SignedNote(CHECKPOINT.text(), List.of(LEDGER.sign(CHECKPOINT.text()), WITNESS.cosign(CHECKPOINT.text(), Instant.ofEpochSecond(1_700_000_000))));
    }

    @Test
    void areReadAsTheyWereWritten() throws Unproven {
        SignedNote note = SignedNote.parse(signed().format());
        assertEquals(signed().format().lines().limit(4).toList(), note.format().lines().limit(4).toList());
        assertEquals(CHECKPOINT, Checkpoint.parse(note.text()));
        assertEquals(Optional.empty(), LEDGER.verifier().verify(note.text(), note.signatures().get(0)));
        assertEquals(Optional.of(Instant.ofEpochSecond(1_700_000_000)), WITNESS.verifier().verify(note.text(), note.signatures().get(1)));
        assertFalse(LEDGER.verifier().made(note.signatures().get(1)));
    }

    /** The key that golang.org/x/mod/sumdb/note prints in its documentation, and a note signed with it. */
    @Test
    void ofOthersAreVerified() throws Unproven {
        VerifierKey key = VerifierKey.parse("PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW");
        SignedNote note = SignedNote.parse("""
                If you think cryptography is the answer to your problem,
                then you don't know what your problem is.

                — PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=
                """);
        assertTrue(key.made(note.signatures().get(0)));
        key.verify(note.text(), note.signatures().get(0));
    }

    @Test
    void withAnyOctetAlteredAreRefused() {
        String note = signed().format();
        for (int i = 0; i < note.length(); i++) {
            StringBuilder altered = new StringBuilder(note);
            altered.setCharAt(i, note.charAt(i) == 'A' ? 'B' : 'A');
            int place = i;
            assertThrows(Unproven.class, () -> {
                SignedNote read = SignedNote.parse(altered.toString());
                Checkpoint.parse(read.text());
                LEDGER.verifier().verify(read.text(), read.signatures().get(0));
                WITNESS.verifier().verify(read.text(), read.signatures().get(1));
            }, () -> "altered at " + place);
        }
    }

    @Test
    void signedByAnotherKeyOfTheSameNameAreRefused() {
        NoteSigner stranger = signer(LEDGER.verifier().name(), VerifierKey.Kind.NOTE);
        assertFalse(LEDGER.verifier().made(stranger.sign(CHECKPOINT.text())));
        assertThrows(Unproven.class, () -> LEDGER.verifier().verify(CHECKPOINT.text(), stranger.sign(CHECKPOINT.text())));
    }

    @ParameterizedTest
    @ValueSource(strings = {"o\n-1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n", "o\n01\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n",
        "o\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFV=\n", "\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n",
        "o\n9999999999999999999\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n", "o\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\nmore\n", ""})
    void ofAnotherFormAreRefused(String text) {
        assertThrows(Unproven.class, () -> Checkpoint.parse(text));
    }

    @ParameterizedTest
    @CsvSource({"0, 0, 256, 0/000", "0, 0, 7, 0/000.p/7", "1, 1234067, 256, 1/x001/x234/067", "-1, 999, 1, entries/999.p/1", "2, 1000, 256, 2/x001/000"})
    void lieInTilesWithOneAddressEach(int level, long number, int width, String path) {
        Tile tile = new Tile(level, number, width);
        assertEquals(path, tile.path());
        assertEquals(Optional.of(tile), Tile.parse(path));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0/0", "0/000.p/256", "0/000.p/0", "0/000.p/007", "8/000", "0/x000/001", "0/001/x000", "../0/000", "0/x001/x234/x067", "entries/000.p/", "data/000", "",
        "0/x999/x999/x999/x999/x999/x999/999"})
    void haveNoOtherAddresses(String path) {
        assertEquals(Optional.empty(), Tile.parse(path));
    }
}
