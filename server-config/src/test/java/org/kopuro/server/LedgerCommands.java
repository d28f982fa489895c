package org.kopuro.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The ledger of a running server, checked and witnessed with the commands that ship. */
interface LedgerCommands {

    RunCommand running();

    private Program command(String name, String... words) throws Exception {
        List<String> all = new ArrayList<>(List.of(RunCommand.ROOT.resolve("bin").resolve(name).toString()));
        all.addAll(Arrays.asList(words));
        return Program.ended(all, running().var(), List.of("KOPURO_VAR=" + running().var()));
    }

    private Path demo(String file) {
        return running().var().resolve("demo").resolve(file);
    }

    @Test
    default void theSampleReceiptIsProven() throws Exception {
        Program proven = command("verify", demo("app/sample-receipt.json").toString());
        assertEquals(0, proven.exitCode(), proven.output());
        assertTrue(proven.output().contains("consent.token_issued"), proven.output());
        Program byNode = Program.ended(List.of("node", RunCommand.ROOT.resolve("docs/protocols/ledger/verify.mjs").toString(), demo("app/sample-receipt.json").toString(),
                demo("server/ledger.vkey").toString()), running().var(), List.of());
        assertEquals(0, byNode.exitCode(), byNode.output());
    }

    @Test
    default void anAlteredReceiptIsNot() throws Exception {
        byte[] receipt = Files.readAllBytes(demo("app/sample-receipt.json"));
        Path altered = Files.createTempFile("altered", ".json");
        for (int place = 0; place < receipt.length; place += receipt.length / 7) {
            byte[] octets = receipt.clone();
            octets[place] ^= 1;
            Files.write(altered, octets);
            Program refused = command("verify", altered.toString());
            assertEquals(1, refused.exitCode(), () -> refused.output());
            assertTrue(refused.output().startsWith("not proven: "), refused.output());
        }
        Files.delete(altered);
    }

    @Test
    default void aWitnessFollowsMirrorsAndCosigns() throws Exception {
        String ledger = "http://127.0.0.1:" + running().port() + "/ledger";
        Path state = running().var().resolve("witness");
        String[] once = {"--ledger", ledger, "--vkey", demo("server/ledger.vkey").toString(), "--state", state.toString(), "--name", "witness.example/bank", "--mirror", "--once"};
        Program unknown = command("witness", once);
        String vkey = Arrays.stream(unknown.output().split("\\s")).filter(word -> word.startsWith("witness.example/bank+")).findFirst().orElseThrow(() -> new AssertionError(unknown.output()));
        assertEquals(2, command("admin", "ledger", "add-witness").exitCode());
        assertEquals(1, command("admin", "ledger", "add-witness", "nonsense").exitCode());
        Program admitted = command("admin", "ledger", "add-witness", vkey);
        assertEquals(0, admitted.exitCode(), admitted.output());
        Program followed = command("witness", once);
        assertEquals(0, followed.exitCode(), followed.output());

        HttpResponse<String> checkpoint = HttpClient.newHttpClient().send(HttpRequest.newBuilder(URI.create(ledger + "/checkpoint")).build(),
                HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
        assertTrue(checkpoint.body().contains("— witness.example/bank "), checkpoint.body());

        Program copy = command("verify", state.resolve("mirror").toString(), "--witness", vkey, "--witnesses", "1");
        assertEquals(0, copy.exitCode(), copy.output());
        Program deaf = command("verify", state.resolve("mirror").toString(), "--witness", vkey, "--witnesses", "2");
        assertNotEquals(0, deaf.exitCode(), deaf.output());
    }
}
