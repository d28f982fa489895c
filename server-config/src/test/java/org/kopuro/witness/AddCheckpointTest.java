package org.kopuro.witness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.kopuro.ledger.proof.ConsistencyProof;
import org.kopuro.ledger.proof.Hash;
import org.kopuro.ledger.proof.NoteSigner;
import org.kopuro.ledger.proof.SignedNote;
import org.kopuro.ledger.proof.VerifierKey;
import org.kopuro.verify.TestLedger;
import org.kopuro.verify.Told;
import org.kopuro.verify.WrongUse;

/** Checkpoints that are brought, and the statuses of c2sp.org/tlog-witness. */
class AddCheckpointTest {

    private static final NoteSigner LEDGER = TestLedger.signer("ledger.example/kopuro", VerifierKey.Kind.NOTE);
    private static final NoteSigner WITNESS = TestLedger.signer("witness.example/bank", VerifierKey.Kind.COSIGNATURE);
    private static final Clock CLOCK = Clock.fixed(Instant.ofEpochSecond(1_800_000_000), ZoneOffset.UTC);

    @TempDir
    private Path folder;
    private State state;
    private Listener listener;
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @BeforeEach
    void listen() throws IOException, WrongUse {
        state = State.take(folder);
        listener = new Listener(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), new AddCheckpoint(List.of(LEDGER.verifier()), WITNESS, state, CLOCK), state, CLOCK,
                new Told(new PrintStream(err, true, StandardCharsets.UTF_8)));
    }

    @AfterEach
    void close() throws IOException {
        listener.close();
        state.close();
    }

    private static TestLedger ledger(int size) {
        return TestLedger.of(LEDGER, size);
    }

    private static TestLedger forked(int size) {
        List<String> entries = TestLedger.entries(size);
        entries.set(2, entries.get(2).replace("tpDataByINN", "headcount"));
        return TestLedger.of(LEDGER, entries);
    }

    private static String body(ConsistencyProof proof, SignedNote note) {
        return "old " + proof.from() + "\n" + proof.path().stream().map(hash -> hash.base64() + "\n").collect(Collectors.joining()) + "\n" + note.format();
    }

    private HttpResponse<String> post(String body) {
        try {
            return HttpClient.newHttpClient().send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + listener.port() + "/add-checkpoint")).POST(BodyPublishers.ofString(body)).build(),
                    BodyHandlers.ofString());
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void assertAnswered(int status, String body) {
        HttpResponse<String> answer = post(body);
        assertEquals(status, answer.statusCode(), answer.body());
    }

    private void assertCosigns(TestLedger ledger, int from) throws Exception {
        HttpResponse<String> answer = post(body(ledger.growthFrom(from), ledger.note()));
        assertEquals(200, answer.statusCode(), answer.body());
        SignedNote.Signature line = SignedNote.parse(ledger.note().format() + answer.body()).signatures().get(1);
        assertEquals(CLOCK.instant(), WITNESS.verifier().verify(ledger.text(), line).orElseThrow());
        assertTrue(Files.readString(folder.resolve("verified")).endsWith(answer.body()));
    }

    @Test
    void areCosignedWhenTheyContinue() throws Exception {
        assertCosigns(ledger(5), 0);
        assertCosigns(ledger(5), 5);
        assertCosigns(ledger(300), 5);
        assertCosigns(ledger(1000), 300);
    }

    @Test
    void ofUnknownLedgersAre404() {
        assertAnswered(404, body(ledger(5).growthFrom(0), TestLedger.of(TestLedger.signer("ledger.example/other", VerifierKey.Kind.NOTE), 5).note()));
    }

    @Test
    void ofAnotherKeyAre403AndNoAlarm() throws Exception {
        assertAnswered(403, body(ledger(5).growthFrom(0), TestLedger.of(TestLedger.signer("ledger.example/kopuro", VerifierKey.Kind.NOTE), 5).note()));
        assertAnswered(403, body(ledger(5).growthFrom(0), ledger(5).note()).replace("\n5\n", "\n6\n"));
        assertCosigns(ledger(5), 0);
    }

    @Test
    void fromALargerSizeAre400() {
        assertAnswered(400, "old 6\n\n" + ledger(5).note().format());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n\n", "old\n\n", "old 00\n\n", "old -1\n\n", "old 0", "new 0\n\n", "old 0\nhash\n\n", "old 9999999999999999999\n\n"})
    void inAnotherFormAre400(String beginning) {
        assertAnswered(400, beginning + ledger(5).note().format());
        assertAnswered(400, "old 0\n\nno note\n");
        assertAnswered(400, "old 0\n" + (Hash.EMPTY_TREE.base64() + "\n").repeat(64) + "\n" + ledger(5).note().format());
    }

    @Test
    void fromAnotherSizeThanTheLastAre409WithThatSize() throws Exception {
        assertCosigns(ledger(5), 0);
        HttpResponse<String> answer = post(body(ledger(9).growthFrom(4), ledger(9).note()));
        assertEquals(409, answer.statusCode());
        assertEquals("5\n", answer.body());
        assertEquals("text/x.tlog.size", answer.headers().firstValue("Content-Type").orElseThrow());
        assertAnswered(409, body(ledger(3).growthFrom(0), ledger(3).note()));
        assertCosigns(ledger(9), 5);
    }

    @Test
    void withAProofThatFailsAre422AndNoAlarm() throws Exception {
        assertCosigns(ledger(5), 0);
        assertAnswered(422, body(forked(9).growthFrom(5), forked(9).note()));
        assertAnswered(422, "old 5\n\n" + ledger(9).note().format());
        assertCosigns(ledger(9), 5);
    }

    @Test
    void ofTheSameSizeWithAnotherRootAre409AndTheAlarm() throws Exception {
        assertCosigns(ledger(5), 0);
        assertAnswered(409, "old 5\n\n" + forked(5).note().format());
        assertTrue(err.toString(StandardCharsets.UTF_8).startsWith("ALARM: The ledger ledger.example/kopuro was forked: it signed two different trees of 5 entries."), err::toString);
        assertTrue(Files.readString(state.alarm().orElseThrow()).contains(forked(5).note().format()));
        assertAnswered(503, body(ledger(9).growthFrom(5), ledger(9).note()));
    }

    @Test
    void thatAreTooLargeOrNotPostedAreRefused() throws Exception {
        assertAnswered(413, "old 0\n\n" + "x".repeat(AddCheckpoint.LENGTH_MAX));
        URI address = URI.create("http://127.0.0.1:" + listener.port());
        assertEquals(405, HttpClient.newHttpClient().send(HttpRequest.newBuilder(address.resolve("/add-checkpoint")).build(), BodyHandlers.ofString()).statusCode());
        assertEquals(404, HttpClient.newHttpClient().send(HttpRequest.newBuilder(address.resolve("/other")).build(), BodyHandlers.ofString()).statusCode());
    }

    /** The race that the specification warns of: a smaller tree must not be co-signed after a larger one. */
    @Test
    void broughtAtOnceAreCosignedOneAfterTheOther() throws Exception {
        assertCosigns(ledger(5), 0);
        List<CompletableFuture<Integer>> answers = IntStream.range(6, 26)
                .mapToObj(size -> CompletableFuture.supplyAsync(() -> post(body(ledger(size).growthFrom(5), ledger(size).note())).statusCode())).toList();
        assertEquals(1, answers.stream().map(CompletableFuture::join).filter(status -> status == 200).count());
    }

    /** A round compares with the state, and fetches for long; meanwhile somebody brings a larger tree. */
    @Test
    void thatCameMeanwhileAreNotRolledBack() throws Exception {
        assertCosigns(ledger(5), 0);
        var before = state.verified();
        assertCosigns(ledger(9), 5);
        assertEquals(false, state.advance(before, ledger(7).note()));
        assertTrue(state.verified().orElseThrow().text().contains("\n9\n"));
    }
}
