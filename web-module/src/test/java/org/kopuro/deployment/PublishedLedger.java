package org.kopuro.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.kopuro.deployment.RestApi.anAccount;
import static org.kopuro.deployment.RestApi.as;
import static org.kopuro.deployment.RestApi.assertProblem;
import static org.kopuro.deployment.RestApi.ok;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.kopuro.accounts.Role;
import org.kopuro.kernel.Contour;
import org.kopuro.ledger.proof.Checkpoint;
import org.kopuro.ledger.proof.ConsistencyFile;
import org.kopuro.ledger.proof.Entry;
import org.kopuro.ledger.proof.Hash;
import org.kopuro.ledger.proof.NoteSigner;
import org.kopuro.ledger.proof.Receipt;
import org.kopuro.ledger.proof.SignedNote;
import org.kopuro.ledger.proof.Tile;
import org.kopuro.ledger.proof.Tiles;
import org.kopuro.ledger.proof.Unproven;
import org.kopuro.ledger.proof.VerifierKey;
import org.kopuro.participants.FaultDialect;
import org.kopuro.testing.Scene;
import org.kopuro.testing.TestDatabase;

/** What anybody can check of what the server did, with nothing but what it publishes. */
interface PublishedLedger {

    @Test
    default void provesACallToTheTaxpayerWhomItWasAbout() throws Unproven {
        Scene scene = Participants.speaking(FaultDialect.CAMEL_CASE);
        String taxpayer = anAccount(Role.TAXPAYER, Contour.TEST, scene.inn);
        SoapAnswer refused = SoapAnswer.of(Server.soap(TaxMessage.of(scene).service("tpDataByINN").token("GNS1").signed()));
        String entry = refused.value("occurrence");
        Receipt receipt = receipt(taxpayer, entry);
        Receipt.Verified verified = receipt.verify(keys(), List.of());
        assertEquals("exchange.call", verified.entry().type());
        assertEquals("TOKEN_MALFORMED", verified.entry().data().getString("outcome"));
        assertEquals(scene.inn.digits(), receipt.openings().get("subject").value());

        assertEquals(Map.of(), receipt(anAccount(Role.OPERATOR, Contour.TEST, null), entry).openings());
        assertProblem(404, "NOT_FOUND", "entry", as(anAccount(Role.TAXPAYER, Contour.TEST, Participants.speaking(FaultDialect.values()[1]).inn), "GET", "/api/v1/ledger/entries/" + entry, null));
        assertProblem(404, "NOT_FOUND", "entry", as(anAccount(Role.OPERATOR, Contour.PRODUCTION, null), "GET", "/api/v1/ledger/entries/" + entry, null));
        assertEquals(401, Server.send("GET", "/api/v1/ledger/entries/" + entry, null, Map.of()).status());
    }

    /** ACC-83. */
    @Test
    default void provesACallToTheParticipantThatMadeItAndToNoOther() throws Unproven {
        Scene scene = Participants.speaking(FaultDialect.CAMEL_CASE);
        String own = AccessOverRest.administratorOf(scene, Contour.TEST);
        SoapAnswer refused = SoapAnswer.of(Server.soap(TaxMessage.of(scene).service("tpDataByINN").token("GNS1").signed()));
        String entry = refused.value("occurrence");
        assertEquals(Map.of(), receipt(own, entry).openings());
        assertEquals("exchange.call", receipt(own, entry).verify(keys(), List.of()).entry().type());
        assertEquals(Set.of("asked"), receipt(own, entry, "{\"asked\":\"" + scene.inn.digits() + "\",\"issue\":\"another\"}").openings().keySet());
        assertProblem(400, "NOT_IN_THE_ADDRESS", "asked", as(own, "GET", "/api/v1/ledger/entries/" + entry + "/receipt?asked=" + scene.inn.digits(), null));
        assertProblem(400, "FIELD_UNKNOWN", "subject", as(own, "POST", "/api/v1/ledger/entries/" + entry + "/receipt", "{\"subject\":\"" + scene.inn.digits() + "\"}"));
        JsonObject entries = ok(as(own, "GET", "/api/v1/ledger/entries?record=" + entry, null));
        assertEquals(2, entries.getJsonArray("entries").size(), "the call, and its messages");
        String token = scene.token().token().id().value().toString();
        assertTrue(ok(as(own, "GET", "/api/v1/ledger/entries?record=" + token, null)).getJsonArray("entries").isEmpty(), "what is its taxpayer's");
        String stranger = AccessOverRest.administratorOf(Participants.speaking(FaultDialect.values()[1]), Contour.TEST);
        assertProblem(404, "NOT_FOUND", "entry", as(stranger, "GET", "/api/v1/ledger/entries/" + entry, null));
        assertProblem(404, "NOT_FOUND", "entry", as(stranger, "GET", "/api/v1/ledger/entries/" + entry + "/receipt", null));
        assertTrue(ok(as(stranger, "GET", "/api/v1/ledger/entries?record=" + entry, null)).getJsonArray("entries").isEmpty());
        assertProblem(404, "NOT_FOUND", "entry", as(AccessOverRest.administratorOf(scene, Contour.PRODUCTION), "GET", "/api/v1/ledger/entries/" + entry, null));
    }

    @Test
    default void tellsWhatWasRecordedAboutATokenToItsTaxpayerAlone() {
        Scene scene = Participants.speaking(FaultDialect.CAMEL_CASE);
        String token = scene.token().token().id().value().toString();
        JsonObject entries = ok(as(anAccount(Role.TAXPAYER, Contour.TEST, scene.inn), "GET", "/api/v1/ledger/entries?record=" + token, null));
        assertTrue(entries.getJsonArray("entries").getJsonObject(0).getString("content").contains("consent.token_issued"), entries::toString);
        JsonObject others = ok(as(anAccount(Role.TAXPAYER, Contour.TEST, Participants.speaking(FaultDialect.values()[1]).inn), "GET", "/api/v1/ledger/entries?record=" + token, null));
        assertTrue(others.getJsonArray("entries").isEmpty());
        assertProblem(400, "FIELD_MISSING", "record", as(anAccount(Role.OPERATOR, Contour.TEST, null), "GET", "/api/v1/ledger/entries", null));
    }

    @Test
    default void isATreeThatAStrangerCanReadWhole() throws Unproven, IOException {
        Checkpoint checkpoint = Checkpoint.parse(SignedNote.parse(get("/ledger/checkpoint")).text());
        Tiles hashes = new Tiles(tile -> octets("/ledger/tile/" + tile.path()), checkpoint.size());
        assertEquals(checkpoint.root(), hashes.root(checkpoint.size()));
        List<Hash> leaves = new ArrayList<>();
        Set<String> types = new TreeSet<>();
        for (long number = 0; Tile.in(Tile.ENTRIES, number, checkpoint.size()).isPresent(); number++) {
            ByteBuffer bundle = ByteBuffer.wrap(octets("/ledger/tile/" + Tile.in(Tile.ENTRIES, number, checkpoint.size()).get().path()));
            while (bundle.hasRemaining()) {
                byte[] entry = new byte[Short.toUnsignedInt(bundle.getShort())];
                bundle.get(entry);
                leaves.add(Hash.ofLeaf(entry));
                types.add(Entry.parse(new String(entry, StandardCharsets.UTF_8), "entry").type());
            }
        }
        assertEquals(checkpoint.size(), leaves.size());
        String documented = Files.readString(Path.of("../docs/protocols/ledger.md"));
        types.forEach(type -> assertTrue(documented.contains("\n| `" + type + "` |"), () -> type + " is not in docs/protocols/ledger.md"));
        for (int index = 0; index < leaves.size(); index++) {
            assertEquals(leaves.get(index), hashes.leaf(index), "entry " + index);
        }
        long earlier = checkpoint.size() / 2 + 1;
        ConsistencyFile.parse(get("/ledger/proof/consistency/" + earlier + "/" + checkpoint.size())).verify(hashes.root(earlier), checkpoint.root());
        assertTrue(get("/ledger/proof/inclusion/0/" + checkpoint.size()).startsWith("{\"format\":\"kopuro-inclusion/1\",\"index\":0,"));
    }

    @Test
    default void carriesTheWordOfItsWitnesses() throws Unproven, SQLException {
        NoteSigner witness = signer("witness.example/" + UUID.randomUUID());
        String text = SignedNote.parse(get("/ledger/checkpoint")).text();
        Instant now = Clock.systemUTC().instant();
        assertProblem(422, "WITNESS_UNKNOWN", "signature", cosign(text, witness.cosign(text, now)));
        register(witness);
        assertProblem(422, "COSIGNATURE_WRONG", "signature", cosign(text, witness.cosign(text + "x", now)));
        assertProblem(422, "COSIGNATURE_WRONG", "signature", cosign(text, witness.cosign(text, now.plus(Duration.ofHours(1)))));
        String forked = text.replaceFirst("\n[^\n]{44}\n$", "\n" + Hash.EMPTY_TREE.base64() + "\n");
        assertProblem(404, "CHECKPOINT_UNKNOWN", "root", cosign(forked, witness.cosign(forked, now)));
        assertProblem(422, "COSIGNATURE_MALFORMED", "body", post("\n\n— nonsense"));
        assertProblem(422, "COSIGNATURE_MALFORMED", "body", post(""));
        assertEquals(204, cosign(text, witness.cosign(text, now)).status());
        assertEquals(204, cosign(text, witness.cosign(text, now)).status(), "once more changes nothing");
        long size = Checkpoint.parse(text).size();
        SignedNote cosigned = SignedNote.parse(get("/ledger/checkpoints/" + size));
        assertEquals(1, cosigned.signatures().stream().filter(witness.verifier()::made).count());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/ledger/tile/9/000", "/ledger/tile/0/0", "/ledger/tile/0/000.p/256", "/ledger/tile/0/x999/999", "/ledger/tile/entries/x999/999", "/ledger/tile/7/000.p/1",
        "/ledger/tile/%2e%2e/x", "/ledger/tile/0/000'--", "/ledger/checkpoints/0", "/ledger/checkpoints/x", "/ledger/checkpoints/999999999999999999", "/ledger/checkpoints/-1",
        "/ledger/proof/inclusion/0/0", "/ledger/proof/inclusion/1/1", "/ledger/proof/inclusion/0/999999999999999999", "/ledger/proof/consistency/2/1",
        "/ledger/proof/consistency/0/99999999999999999999999", "/ledger/nothing", "/ledger/", "/api/v1/checkpoint"})
    default void refusesWhatIsNotThere(String path) {
        Server.Response response = Server.send("GET", path, null, Map.of());
        assertTrue(List.of(400, 401, 403, 404).contains(response.status()), () -> path + " " + response.status() + " " + response.text());
        assertFalse(response.text().contains("Exception"), response::text);
    }

    static Receipt receipt(String login, String entry) throws Unproven {
        return receipt(login, entry, null);
    }

    private static Receipt receipt(String login, String entry, String known) throws Unproven {
        Instant until = Instant.now().plusSeconds(10);
        Server.Response response;
        do {
            response = as(login, known == null ? "GET" : "POST", "/api/v1/ledger/entries/" + entry + "/receipt", known);
        } while (response.status() == 409 && Instant.now().isBefore(until));
        assertEquals(200, response.status(), response::text);
        return Receipt.parse(response.text());
    }

    static List<VerifierKey> keys() throws Unproven {
        List<VerifierKey> keys = new ArrayList<>();
        for (String line : get("/ledger/keys").split("\n")) {
            keys.add(VerifierKey.parse(line));
        }
        return keys;
    }

    private static String get(String path) {
        return new String(octets(path), StandardCharsets.UTF_8);
    }

    private static byte[] octets(String path) {
        Server.Response response = Server.send("GET", path, null, Map.of());
        assertEquals(200, response.status(), () -> path + " " + response.text());
        return response.body();
    }

    private static Server.Response cosign(String text, SignedNote.Signature line) {
        return post(new SignedNote(text, List.of(line)).format());
    }

    private static Server.Response post(String note) {
        return Server.send("POST", "/ledger/cosignatures", note.getBytes(StandardCharsets.UTF_8), Map.of("Content-Type", "text/plain; charset=utf-8"));
    }

    private static NoteSigner signer(String name) {
        try {
            KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
            return new NoteSigner(VerifierKey.of(name, VerifierKey.Kind.COSIGNATURE, pair.getPublic()), pair.getPrivate());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void register(NoteSigner witness) throws SQLException {
        try (Connection owner = TestDatabase.shared().owner().getConnection();
                PreparedStatement statement = owner.prepareStatement("insert into ledger.witness (vkey) values (?)")) {
            statement.setString(1, witness.verifier().toString());
            statement.executeUpdate();
        }
    }
}
