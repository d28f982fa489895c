package org.kopuro.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kopuro.ledger.proof.NoteSigner;
import org.kopuro.ledger.proof.VerifierKey;

/** Receipts as files at the command line. */
class ReceiptFileTest {

    private static final NoteSigner LEDGER = TestLedger.signer("ledger.example/kopuro", VerifierKey.Kind.NOTE);
    private static final NoteSigner WITNESS = TestLedger.signer("witness.example/bank", VerifierKey.Kind.COSIGNATURE);
    private static final Instant COSIGNED_AT = Instant.ofEpochSecond(1_800_000_000);

    @TempDir
    private Path folder;
    private final TestLedger ledger = TestLedger.of(LEDGER, 20);

    private Path receipt() throws IOException {
        return Files.writeString(folder.resolve("receipt.json"), ledger.receipt(17, WITNESS.cosign(ledger.text(), COSIGNED_AT)).format());
    }

    @Test
    void areProvenAndTold() throws IOException {
        assertEquals("""
                proven: this entry stands at index 17 of the ledger ledger.example/kopuro
                type: exchange.call, version 1
                time: 2026-11-22T06:00:17Z
                contour: TEST
                id: %s
                record: usage row-17
                subject: 23002199000001
                index: 17
                checkpoint: 20 entries, root %s
                signed by: ledger.example/kopuro
                co-signed by: witness.example/bank at 2027-01-15T08:00:00Z
                """.formatted(TestLedger.id(17), ledger.root()), Command.run(LEDGER.verifier(), receipt(), "--witness", WITNESS.verifier().toString()).proves().out());
    }

    @Test
    void sayWhichSignatureWasNotChecked() throws IOException {
        assertEquals("not checked: a signature line of witness.example/bank, whose key was not given",
                Command.run(LEDGER.verifier(), receipt()).proves().out().lines().reduce((first, last) -> last).orElseThrow());
    }

    @Test
    void areNotProvenWhenAnyOctetIsAltered() throws IOException {
        byte[] octets = Files.readAllBytes(receipt());
        for (int place = 0; place < octets.length; place++) {
            byte[] altered = octets.clone();
            altered[place] ^= 1;
            Files.write(folder.resolve("receipt.json"), altered);
            Command.run(LEDGER.verifier(), folder.resolve("receipt.json"), "--witness", WITNESS.verifier().toString()).doesNotProveBecause("");
        }
    }

    @Test
    void withTooFewWitnessesAreNotProven() throws IOException {
        NoteSigner other = TestLedger.signer("witness.example/other", VerifierKey.Kind.COSIGNATURE);
        String[] both = {"--witness", WITNESS.verifier().toString(), "--witness", other.verifier().toString(), "--witnesses", "2"};
        Command.run(LEDGER.verifier(), receipt(), both).doesNotProve("The checkpoint is co-signed by 1 of the given witnesses; 2 are wanted.");
    }

    @Test
    void findTheLedgersKeyInFilesAndInTheEnvironment() throws IOException {
        String receipt = receipt().toString();
        Path keys = Files.writeString(folder.resolve("keys"), TestLedger.signer("ledger.example/old", VerifierKey.Kind.NOTE).verifier() + "\n" + LEDGER.verifier() + "\n");
        Command.run(keys, receipt).proves();
        Command.run(Map.of("KOPURO_LEDGER_VKEY", LEDGER.verifier().toString()), folder, List.of(receipt)).proves();
        Command.run(Map.of("KOPURO_LEDGER_VKEY", keys.toString()), folder, List.of(receipt)).proves();
        Files.createDirectories(folder.resolve("var/demo/server"));
        Files.copy(keys, folder.resolve("var/demo/server/ledger.vkey"));
        Command.run(Map.of(), folder, List.of(receipt)).proves();
        Command.run(Map.of("KOPURO_VAR", "other"), folder, List.of(receipt)).isWrongUse("No key of the ledger is known");
        Files.move(folder.resolve("var"), folder.resolve("other"));
        Command.run(Map.of("KOPURO_VAR", folder.resolve("other").toString()), folder, List.of(receipt)).proves();
    }

    @Test
    void withoutWhatIsNeededAreWrongUse() throws IOException {
        String receipt = receipt().toString();
        Command.run(Map.of(), folder, List.of()).isWrongUse("usage: bin/verify RECEIPT.json");
        Command.run(LEDGER.verifier(), folder.resolve("none.json")).isWrongUse("There is no file ");
        Command.run(WITNESS.verifier(), receipt).isWrongUse("is a witness's, not a ledger's");
        Command.run("a+b", receipt).isWrongUse("a+b is neither a verifier key nor a file of them");
        Command.run(LEDGER.verifier(), receipt, "--witness", LEDGER.verifier().toString()).isWrongUse("is a ledger's, not a witness's");
        Command.run(LEDGER.verifier(), receipt, "--witnesses", "1").isWrongUse("--witnesses 1 needs as many different keys");
        Command.run(LEDGER.verifier(), receipt, "--witnesses", "many").isWrongUse("--witnesses needs a whole number.");
        Command.run(LEDGER.verifier(), receipt, "--proof", receipt).isWrongUse("--proof belongs to two checkpoints.");
        Command.run(LEDGER.verifier(), receipt, "--accept-clock-jump", "1").isWrongUse("--accept-clock-jump belongs to a folder.");
        Command.run(LEDGER.verifier(), receipt, "--force").isWrongUse("--force is not an option that is known.");
        Command.run(LEDGER.verifier(), receipt, "--proof").isWrongUse("--proof needs a value.");
        Command.run(LEDGER.verifier(), receipt, receipt, receipt).isWrongUse("Name a receipt, two checkpoints, or a folder");
        Command.run(LEDGER.verifier(), "\0").isWrongUse("Nul character");
    }

    @Test
    void thatAreTooLargeOrEmptyOrNotTextAreRefused() throws IOException {
        Path file = folder.resolve("other.json");
        Files.write(file, new byte[2 * 1024 * 1024]);
        Command.run(LEDGER.verifier(), file).isWrongUse(" has more than 1048576 octets.");
        Files.write(file, new byte[0]);
        Command.run(LEDGER.verifier(), file).doesNotProve("The receipt does not end with a line feed: it was cut off or altered.");
        Files.write(file, new byte[] {(byte) 0xFF, '\n'});
        Command.run(LEDGER.verifier(), file).doesNotProve("The receipt is not UTF-8.");
        Files.delete(file);
        Files.createSymbolicLink(file, file);
        Command.run(LEDGER.verifier(), file).isWrongUse("There is no file ");
        Command.run(LEDGER.verifier(), "/dev/zero").isWrongUse("/dev/zero is not a file.");
    }

    @Test
    void cannotCommandTheTerminal() throws IOException {
        String file = Files.writeString(folder.resolve("other.json"), "{\"a\":\"\",\"format\":\"kopuro-receipt/1\",\"\u009b2J\":0}\n").toString();
        Command.run(LEDGER.verifier(), file).doesNotProve("The receipt has a member that does not belong there: a.");
        Files.writeString(folder.resolve("other.json"), "{\"format\":\"kopuro-receipt/1\",\"\u009b2J\":0}\n");
        Command.run(LEDGER.verifier(), file).doesNotProve("The receipt has a member that does not belong there: ?2J.");
    }
}
