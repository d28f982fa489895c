package org.kopuro.server;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.kopuro.access.conformance.ConformanceReport;
import org.kopuro.access.conformance.ForwardedCall;
import org.kopuro.access.conformance.Scenario;
import org.kopuro.client.Identifier;
import org.kopuro.client.Pem;

/** The conformance run as it ships, between bin/call and a running server, as docs/protocols/conformance.md tells it. */
interface ConformanceCommand {

    /** Some hundred starts of the product. */
    int SECONDS_MAX = 900;

    RunCommand running();

    private Program conformance(String moreOfProduct, String... more) throws Exception {
        String product = "'" + RunCommand.ROOT.resolve("bin/call") + "' {service} --inn {inn} --token {token} --url {url} --server-cert {server-cert} --retry 1 --timeout 5 " + moreOfProduct;
        List<String> words = new ArrayList<>(List.of(RunCommand.ROOT.resolve("bin/conformance").toString(), "--product", product));
        words.addAll(Arrays.asList(more));
        return Program.ended(words, running().var(), List.of("KOPURO_VAR=" + running().var(), "KOPURO_HTTP_PORT=" + running().port()), SECONDS_MAX);
    }

    @Test
    default void theReferenceProductPassesAndTheAuthorityTakesItsReport() throws Exception {
        Path folder = running().var().resolve("conformance");
        Path demo = running().var().resolve("demo/app");
        Program run = conformance("--memory '" + running().var().resolve("ended-tokens") + "'");
        assertEquals(0, run.exitCode(), run.output());
        assertEquals(Scenario.values().length, run.output().lines().filter(line -> line.startsWith("passed  CONF-")).count(), run.output());
        assertFalse((run.output() + Files.readString(folder.resolve("conformance-report.json"))).contains("GNS1T"), "a token was told");

        byte[] signed = Files.readAllBytes(folder.resolve("conformance-report.p7m"));
        X509Certificate certificate = Pem.certificate(demo.resolve("cert.pem"));
        ConformanceReport report = ConformanceReport.verify(signed, certificate, Identifier.DEMO_BANK.toString(), Instant.now());
        assertEquals("0.1.0", report.harness());
        assertEquals(7, report.calls().size());
        for (ForwardedCall call : report.calls()) {
            assertEquals(call.service().equals("tpDataByINN") && !call.outcome().equals(ForwardedCall.ANSWERED) ? "TOKEN_NOT_ACCEPTED" : ForwardedCall.ANSWERED, call.outcome());
        }
        assertTheLedgerHolds(report.calls().get(0).ledgerEntry().orElseThrow());
        assertOpensslReadsAndWritesReports(folder, demo, certificate, report);
    }

    /** What the authority looks up: the entry that the participant names. */
    private void assertTheLedgerHolds(String entry) throws Exception {
        Program account = Program.ended(List.of(RunCommand.ROOT.resolve("bin/admin").toString(), "account", "add", "--login", "a.reader", "--role", "AUDITOR", "--contour", "TEST",
                "--name", "A Reader"), running().var(), List.of("KOPURO_VAR=" + running().var()));
        assertEquals(0, account.exitCode(), account.output());
        String password = account.output().strip().replaceAll("(?s).*password ", "");
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + running().port() + "/api/v1/evidence/" + entry))
                .header("Authorization", "Basic " + Base64.getEncoder().encodeToString(("a.reader:" + password).getBytes(StandardCharsets.UTF_8))).build();
        assertEquals(200, HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.discarding()).statusCode());
    }

    private static void assertOpensslReadsAndWritesReports(Path folder, Path demo, X509Certificate certificate, ConformanceReport report) throws Exception {
        Program.require(folder, "openssl", "openssl", "version");
        Program read = Program.ended(List.of("openssl", "cms", "-verify", "-inform", "DER", "-in", "conformance-report.p7m", "-CAfile", demo.resolve("cert.pem").toString(), "-purpose", "any",
                "-binary", "-out", "read.json"), folder, List.of());
        assertEquals(0, read.exitCode(), read.output());
        assertArrayEquals(Files.readAllBytes(folder.resolve("conformance-report.json")), Files.readAllBytes(folder.resolve("read.json")));
        Program written = Program.ended(List.of("openssl", "cms", "-sign", "-binary", "-nodetach", "-md", "sha256", "-in", "conformance-report.json", "-signer", demo.resolve("cert.pem").toString(),
                "-inkey", demo.resolve("key.pem").toString(), "-outform", "DER", "-out", "by-openssl.p7m"), folder, List.of());
        assertEquals(0, written.exitCode(), written.output());
        assertEquals(report, ConformanceReport.verify(Files.readAllBytes(folder.resolve("by-openssl.p7m")), certificate, Identifier.DEMO_BANK.toString(), Instant.now()));
    }

    @Test
    default void aProductWithoutMemoryUsesADeactivatedTokenAgain() throws Exception {
        Program run = conformance("", "--only", "CONF-10");
        assertEquals(1, run.exitCode(), run.output());
        assertTrue(run.output().startsWith("FAILED  CONF-10") && run.output().contains("asked again after CONSENT_REVOKED: the product sent the token again"), run.output());
    }
}
