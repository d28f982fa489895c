package org.kopuro.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.kopuro.access.conformance.Scenario;

/** bin/conformance as it is typed. */
class CommandLineTest {

    private static final String PRODUCT = "false {service} {inn} {token}";

    @TempDir
    private Path folder;

    private record Ended(int exitCode, String out, String err) {
    }

    private Ended run(String... words) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int code = Conformance.run(List.of(words), Map.of("KOPURO_VAR", folder.toString()), folder, Rehearsal.CLOCK, new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
        return new Ended(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    private Ended played(String... more) {
        List<String> words = new ArrayList<>(List.of("--product", PRODUCT, "--only", "CONF-03"));
        words.addAll(Arrays.asList(more));
        return run(words.toArray(String[]::new));
    }

    @BeforeEach
    void demo() throws Exception {
        Path app = Files.createDirectories(folder.resolve("demo/app"));
        Rehearsal.bankIn(app);
        Files.copy(app.resolve("cert.pem"), Files.createDirectories(folder.resolve("demo/server")).resolve("cert.pem"));
        Files.writeString(app.resolve("token.txt"), "GNS1T-008J4-CT4AN-K7F24-SNAXW-SQFEZ-YM\n");
    }

    @Test
    void oneScenarioIsTriedOutWithoutAReport() throws Exception {
        Ended ended = played();
        assertEquals(1, ended.exitCode(), ended.err());
        assertTrue(ended.out().startsWith("FAILED  CONF-03") && ended.out().contains("first of three: the product sent no request"), ended.out());
        assertFalse(Files.exists(folder.resolve("conformance/conformance-report.json")));
    }

    private Ended playedWithBinCall(String... more) throws Exception {
        String call = "'" + Path.of(System.getProperty("java.home"), "bin/java") + "' -cp '" + Path.of(Conformance.class.getProtectionDomain().getCodeSource().getLocation().toURI())
                + "' org.kopuro.client.Call {service} --inn {inn} --token {token} --url {url} --server-cert {server-cert} --retry 1 --key '"
                + folder.resolve("demo/app/key.pem") + "' --cert '" + folder.resolve("demo/app/cert.pem") + "'";
        List<String> words = new ArrayList<>(List.of("--product", call));
        words.addAll(Arrays.asList(more));
        return run(words.toArray(String[]::new));
    }

    @Test
    void aProgramOfItsOwnIsPlayedWith() throws Exception {
        Ended ended = playedWithBinCall("--only", "CONF-03");
        assertEquals(0, ended.exitCode(), ended.err() + ended.out());
        assertTrue(ended.out().startsWith("passed  CONF-03"), ended.out());
    }

    @Test
    void aTestThatIsNotThereIsSaidToBeAway() throws Exception {
        Ended ended = playedWithBinCall("--only", "CONF-01", "--service", "tpDataByINN", "--url", "http://127.0.0.1:1/soap/tax/v1");
        assertEquals(1, ended.exitCode(), ended.err());
        assertTrue(ended.out().contains("tpDataByINN: TEST does not answer at http://127.0.0.1:1/soap/tax/v1"), ended.out());
    }

    /** Without a rule to go by a run would be judged otherwise than the authority judges it. */
    @Test
    void aWholeRunWithoutACatalogueIsNotBegun() {
        Ended ended = run("--product", PRODUCT, "--url", "http://127.0.0.1:1/soap/tax/v1");
        assertEquals(2, ended.exitCode(), ended.out());
        assertTrue(ended.err().contains("The catalogue of TEST cannot be read at http://127.0.0.1:1/api/v1/services") && ended.err().lines().count() == 1, ended.err());
    }

    /** The page is what participants read, the list what they run: one says what the other does. */
    @Test
    void thePageSaysWhatTheListSays() throws Exception {
        Ended listed = run("--list");
        assertEquals(0, listed.exitCode());
        String page = Files.readString(Path.of("../docs/protocols/conformance.md"));
        for (Scenario scenario : Scenario.values()) {
            assertTrue(page.contains("| " + scenario.id() + " | " + scenario.demand() + " | " + scenario.judgedBy() + " | " + scenario.source() + " |"), scenario.id());
            assertTrue(listed.out().contains(scenario.id() + "  " + scenario.demand()), scenario.id());
        }
        assertEquals(Scenario.values().length, page.lines().filter(line -> line.startsWith("| CONF-")).count());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "--url|file:///etc/passwd|--url is an address", "--protocol|GRPC|--protocol is SOAP or REST", "--url|http://name:word@127.0.0.1/|--url is an address", "--catalogue|file:///etc/passwd|--catalogue is an address", "--limit|0|--limit is a whole number", "--limit|601|--limit is a whole number",
        "--listen|65536|--listen is a whole number", "--only|CONF-99|there is no such scenario", "--service|noSuchService|there are tpDataByINN", "--client|bank|--client: an identifier has four parts",
        "--token-file|no-such-file|cannot be used", "--key|no-such-file|cannot be used", "--password|x|not an option"})
    void whatCannotBeIsSaidInOneSentence(String option, String value, String sentence) {
        Ended ended = played(option, value);
        assertEquals(2, ended.exitCode(), ended.out());
        assertTrue(ended.err().contains(sentence) && ended.err().lines().count() == 1, ended.err());
        assertEquals("", ended.out());
    }

    @Test
    void connectionsShowNobodyOverHttpOrSoap() {
        for (String[] more : new String[][] {{"--tls"}, {"--tls", "--protocol", "REST"}, {"--tls", "--url", "https://test.example/soap/tax/v1"}}) {
            Ended ended = played(more);
            assertEquals(2, ended.exitCode(), ended.out());
            assertTrue(ended.err().startsWith("--tls is for --protocol REST, with a --url that begins with https://."), ended.err());
        }
        Ended path = played("--protocol", "REST", "--url", "http://127.0.0.1/soap/tax/v1");
        assertTrue(path.err().startsWith("--url by REST ends with /r1/instance/class/member/subsystem"), path.err());
    }

    /** What is played needs no TEST, and no server to trust. */
    @Test
    void aRunByRestIsTriedOut() {
        Ended ended = played("--protocol", "rest");
        assertTrue(ended.out().startsWith("FAILED  CONF-03  REST  "), ended.out() + ended.err());
        Ended secure = played("--protocol", "REST", "--tls", "--url", "https://127.0.0.1/r1/central-server/GOV/70000002/gns-service");
        assertTrue(secure.out().startsWith("FAILED  CONF-03  REST  ") && Files.exists(folder.resolve("conformance/played-tls-cert.pem")), secure.out() + secure.err());
    }

    @Test
    void withoutWordsItSaysHowItIsUsed() {
        Ended ended = run();
        assertEquals(2, ended.exitCode());
        assertTrue(ended.err().startsWith("--product is missing.") && ended.err().contains("usage: bin/conformance"), ended.err());
    }

    @Test
    void aTokenOfProductionIsNotTried() throws Exception {
        Files.writeString(folder.resolve("demo/app/token.txt"), "GNS1P-008J4-CT4AN-K7F24-SNAXW-SQFEZ-JA\n");
        Ended ended = played();
        assertEquals(2, ended.exitCode());
        assertTrue(ended.err().contains("holds no token of TEST"), ended.err());
        assertFalse(ended.err().contains("GNS1P"), "the token was printed");
    }

    @Test
    void aKeyOfAnotherCertificateIsFoundBeforeTheRun() throws Exception {
        Path other = Files.createDirectories(folder.resolve("other"));
        OwnKeys.in(other, "RSA", Rehearsal.CLOCK);
        Ended ended = played("--key", other.resolve("played-key.pem").toString());
        assertEquals(2, ended.exitCode());
        assertTrue(ended.err().contains("of one pair"), ended.err());
    }
}
