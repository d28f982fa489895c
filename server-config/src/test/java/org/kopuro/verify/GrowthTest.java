package org.kopuro.verify;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kopuro.ledger.proof.ConsistencyFile;
import org.kopuro.ledger.proof.ConsistencyProof;
import org.kopuro.ledger.proof.NoteSigner;
import org.kopuro.ledger.proof.SignedNote;
import org.kopuro.ledger.proof.VerifierKey;

/** Two checkpoints: the newer one continues the older one, or it is said that the ledger was forked. */
class GrowthTest {

    private static final NoteSigner LEDGER = TestLedger.signer("ledger.example/kopuro", VerifierKey.Kind.NOTE);
    private static final NoteSigner WITNESS = TestLedger.signer("witness.example/bank", VerifierKey.Kind.COSIGNATURE);

    @TempDir
    private Path folder;
    private final TestLedger five = TestLedger.of(LEDGER, 5);
    private final TestLedger nine = TestLedger.of(LEDGER, 9);

    private static TestLedger forked(int size) {
        List<String> entries = TestLedger.entries(size);
        entries.set(2, entries.get(2).replace("tpDataByINN", "headcount"));
        return TestLedger.of(LEDGER, entries);
    }

    private Path file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private Command verify(SignedNote older, SignedNote newer, ConsistencyProof proof, String... witness) throws IOException {
        String[] more = new String[3 + witness.length];
        more[0] = file("new", newer.format()).toString();
        more[1] = "--proof";
        more[2] = file("proof", ConsistencyFile.format(proof)).toString();
        System.arraycopy(witness, 0, more, 3, witness.length);
        return Command.run(LEDGER.verifier(), file("old", older.format()), more);
    }

    @Test
    void isProven() throws IOException {
        String out = verify(five.note(), nine.note(), nine.growthFrom(5)).proves().out();
        assertTrue(out.startsWith("proven: the ledger ledger.example/kopuro grew from 5 to 9 entries, and the earlier ones are unchanged\n"), out);
        verify(nine.note(), nine.note(), nine.growthFrom(9)).proves();
        Command.run(LEDGER.verifier(), file("a", nine.note().format()), file("b", nine.note().format()).toString()).proves();
    }

    @Test
    void ofAForkIsCalledSoWithBothRoots() throws IOException {
        TestLedger other = forked(9);
        Command command = verify(five.note(), other.note(), other.growthFrom(5));
        command.doesNotProveBecause("fork: the newer tree does not continue the older one, or the proof is false. ");
        command.doesNotProveBecause(" (older root " + five.root() + " of 5, newer root " + other.root() + " of 9)");
    }

    @Test
    void ofTwoTreesOfOneSizeIsAForkWithAndWithoutAProof() throws IOException {
        TestLedger other = forked(9);
        String sentence = "fork: two different trees were signed for 9 entries (older root " + nine.root() + " of 9, newer root " + other.root() + " of 9)";
        verify(nine.note(), other.note(), nine.growthFrom(9)).doesNotProve(sentence);
        Command.run(LEDGER.verifier(), folder.resolve("old"), folder.resolve("new").toString()).doesNotProve(sentence);
    }

    @Test
    void backwardsIsRefused() throws IOException {
        verify(nine.note(), five.note(), nine.growthFrom(5)).doesNotProve("The ledger shrank from 9 to 5 entries, unless the two checkpoints were named in the wrong order.");
    }

    @Test
    void withAProofOfOtherSizesIsRefused() throws IOException {
        verify(five.note(), nine.note(), nine.growthFrom(4)).doesNotProve("The consistency proof is from 4 to 9 entries, the checkpoints are of 5 and 9.");
    }

    @Test
    void betweenTwoLedgersIsRefused() throws IOException {
        NoteSigner other = TestLedger.signer("ledger.example/other", VerifierKey.Kind.NOTE);
        verify(five.note(), TestLedger.of(other, 9).note(), nine.growthFrom(5), "--vkey", other.verifier().toString())
                .doesNotProve("The checkpoints are of two ledgers: ledger.example/kopuro and ledger.example/other.");
    }

    @Test
    void signedWithAnotherKeyIsRefused() throws IOException {
        NoteSigner other = TestLedger.signer("ledger.example/kopuro", VerifierKey.Kind.NOTE);
        verify(five.note(), TestLedger.of(other, 9).note(), nine.growthFrom(5)).doesNotProveBecause("The checkpoint is not signed by a key of the ledger");
        verify(TestLedger.of(other, 5).note(), nine.note(), nine.growthFrom(5)).doesNotProveBecause("The checkpoint is not signed by a key of the ledger");
    }

    @Test
    void countsWitnessesOfTheNewerCheckpoint() throws IOException {
        String[] witness = {"--witness", WITNESS.verifier().toString(), "--witnesses", "1"};
        SignedNote cosigned = nine.note().with(List.of(WITNESS.cosign(nine.text(), Instant.ofEpochSecond(1_800_000_000))));
        assertTrue(verify(five.note(), cosigned, nine.growthFrom(5), witness).proves().out().contains("co-signed by: witness.example/bank at 2027-01-15T08:00:00Z"));
        verify(five.note(), nine.note(), nine.growthFrom(5), witness).doesNotProve("The checkpoint is co-signed by 0 of the given witnesses; 1 are wanted.");
    }

    @Test
    void withoutAProofIsWrongUse() throws IOException {
        Command.run(LEDGER.verifier(), file("old", five.note().format()), file("new", nine.note().format()).toString()).isWrongUse("--proof is missing: a consistency proof from 5 to 9 entries.");
        Command.run(LEDGER.verifier(), folder.resolve("old"), folder.resolve("new").toString(), "--proof", folder.resolve("none").toString()).isWrongUse("There is no file ");
    }

    @Test
    void withAnyOctetOfTheProofAlteredIsRefused() throws IOException {
        byte[] proof = ConsistencyFile.format(nine.growthFrom(5)).getBytes(java.nio.charset.StandardCharsets.UTF_8);
        file("old", five.note().format());
        file("new", nine.note().format());
        for (int place = 0; place < proof.length; place++) {
            byte[] altered = proof.clone();
            altered[place] ^= 1;
            Files.write(folder.resolve("proof"), altered);
            Command.run(LEDGER.verifier(), folder.resolve("old"), folder.resolve("new").toString(), "--proof", folder.resolve("proof").toString()).doesNotProveBecause("");
        }
    }
}
