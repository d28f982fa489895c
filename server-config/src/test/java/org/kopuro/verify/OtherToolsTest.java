package org.kopuro.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.kopuro.ledger.proof.NoteSigner;
import org.kopuro.ledger.proof.VerifierKey;

/** Receipts checked with nothing of ours, as docs/protocols/ledger-check.md tells it. */
class OtherToolsTest {

    private static final Path DOCS = Path.of("../docs/protocols").toAbsolutePath().normalize();
    private static final NoteSigner LEDGER = TestLedger.signer("ledger.example/kopuro", VerifierKey.Kind.NOTE);
    private static final NoteSigner WITNESS = TestLedger.signer("witness.example/bank", VerifierKey.Kind.COSIGNATURE);

    @TempDir
    private Path folder;

    private String receipt(int size, int index) {
        TestLedger ledger = TestLedger.of(LEDGER, size);
        return ledger.receipt(index, WITNESS.cosign(ledger.text(), Instant.EPOCH)).format();
    }

    private String node(String receipt) throws Exception {
        Path file = Files.writeString(folder.resolve("receipt.json"), receipt);
        Path key = Files.writeString(folder.resolve("ledger.vkey"), LEDGER.verifier() + "\n");
        return ended("node", DOCS.resolve("ledger/verify.mjs").toString(), file.toString(), key.toString());
    }

    @ParameterizedTest
    @CsvSource({"1, 0", "2, 1", "20, 17", "255, 254", "256, 0", "300, 299", "1000, 512"})
    void areProvenByNode(int size, int index) throws Exception {
        assertEquals("0: proven: exchange.call of " + TestLedger.BEGIN.plusSeconds(index) + ", id " + TestLedger.id(index) + ", at index " + index + " of " + size
                + " in ledger.example/kopuro\nsubject: 23002199000001\n", node(receipt(size, index)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "tpDataByINN     | headcount   | the entry does not lead to the root of the checkpoint",
        "\"index\":17    | \"index\":16 | the entry does not lead to the root of the checkpoint",
        "23002199000001  | 23002199000002 | the opening of subject does not fit",
        "\\n20\\n        | \\n21\\n    | the signature does not fit the checkpoint",
        "\"index\":17    | \"index\": 17 | the receipt is not canonical JSON",
        "{\"checkpoint\" | {            | the receipt is not JSON"})
    void thatWereAlteredAreRefusedByNode(String text, String other, String sentence) throws Exception {
        String receipt = receipt(20, 17);
        assertTrue(receipt.contains(text));
        assertEquals("1: not proven: " + sentence + "\n", node(receipt.replace(text, other)));
    }

    /** The shell lines of the page, word for word, but for the one that needs jq. */
    @Test
    void haveASignatureThatOpensslVerifies() throws Exception {
        Matcher lines = Pattern.compile("(?m)^    (sed|grep|\\{|openssl) .*$").matcher(Files.readString(DOCS.resolve("ledger-check.md")));
        List<String> script = new ArrayList<>(lines.results().map(line -> line.group().strip()).toList());
        assertEquals(4, script.size());
        TestLedger ledger = TestLedger.of(LEDGER, 20);
        Files.writeString(folder.resolve("ledger.vkey"), LEDGER.verifier() + "\n");
        String shell = String.join("\n", script);
        Files.writeString(folder.resolve("note"), ledger.note().with(List.of(WITNESS.cosign(ledger.text(), Instant.EPOCH))).format());
        assertEquals("0: Signature Verified Successfully\n", ended("bash", "-c", shell));
        Files.writeString(folder.resolve("note"), ledger.note().format().replace("\n20\n", "\n21\n"));
        assertTrue(ended("bash", "-c", shell).startsWith("1: "));
    }

    private String ended(String... words) throws Exception {
        Path output = folder.resolve("output.txt");
        Process process;
        try {
            process = new ProcessBuilder(words).directory(folder.toFile()).redirectErrorStream(true).redirectOutput(output.toFile()).start();
        } catch (IOException e) {
            throw new AssertionError(words[0] + " is missing: Node 18 or newer and openssl are needed.", e);
        }
        assertTrue(process.waitFor(60, TimeUnit.SECONDS), words[0] + " takes too long");
        return process.exitValue() + ": " + Files.readString(output, StandardCharsets.UTF_8);
    }
}
