package org.kopuro.server;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.StringReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
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
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.kopuro.access.conformance.ConformanceReport;
import org.kopuro.access.conformance.ForwardedCall;
import org.kopuro.access.conformance.MessageProtocol;
import org.kopuro.access.conformance.Scenario;
import org.kopuro.access.conformance.TokenRules;
import org.kopuro.client.Identifier;
import org.kopuro.client.Pem;

/** The conformance run as it ships, between bin/call and a running server, as docs/protocols/conformance.md tells it. */
interface ConformanceCommand {

    TokenRules RULES = (service, at) -> !service.equals("tpDataByINNforBusinessActivity");

    /** Some hundred starts of the product. */
    int SECONDS_MAX = 900;

    RunCommand running();

    ConformanceRuns runs();

    private Program whole(MessageProtocol protocol) throws Exception {
        return runs().of(protocol, Map.of(MessageProtocol.SOAP, () -> conformance("--memory '" + running().var().resolve("ended-tokens") + "'"), MessageProtocol.REST, this::byRest));
    }

    private Program conformance(String moreOfProduct, String... more) throws Exception {
        return conformanceOf("'" + RunCommand.ROOT.resolve("bin/call") + "' {service} --inn {inn} --token {token} --url {url} --server-cert {server-cert} --retry 1 --timeout 5 " + moreOfProduct, more);
    }

    private Program conformanceOf(String product, String... more) throws Exception {
        List<String> words = new ArrayList<>(List.of(RunCommand.ROOT.resolve("bin/conformance").toString(), "--product", product));
        words.addAll(Arrays.asList(more));
        return Program.ended(words, running().var(), List.of("KOPURO_VAR=" + running().var(), "KOPURO_HTTP_PORT=" + running().port()), SECONDS_MAX);
    }

    @Test
    default void theReferenceProductPassesAndTheAuthorityTakesItsReport() throws Exception {
        Path folder = running().var().resolve("conformance");
        Path demo = running().var().resolve("demo/app");
        Program run = whole(MessageProtocol.SOAP);
        assertEquals(0, run.exitCode(), run.output());
        assertEquals(Scenario.values().length, run.output().lines().filter(line -> line.startsWith("passed  CONF-")).count(), run.output());
        assertFalse((run.output() + Files.readString(folder.resolve("conformance-report.json"))).contains("GNS1T"), "a token was told");

        byte[] signed = Files.readAllBytes(folder.resolve("conformance-report.p7m"));
        X509Certificate certificate = Pem.certificate(demo.resolve("cert.pem"));
        ConformanceReport report = ConformanceReport.verify(signed, certificate, Identifier.DEMO_BANK.toString(), RULES, Instant.now());
        assertEquals("0.1.0", report.harness());
        assertEquals(7, report.calls().size());
        for (ForwardedCall call : report.calls()) {
            assertEquals(call.service().equals("tpDataByINN") && !call.outcome().equals(ForwardedCall.ANSWERED) ? "TOKEN_NOT_ACCEPTED" : ForwardedCall.ANSWERED, call.outcome());
        }
        assertEquals(MessageProtocol.SOAP, report.protocol());
        assertTheLedgerHolds(report.calls().get(0).ledgerEntry().orElseThrow());
        assertOpensslReadsAndWritesReports(folder, demo, certificate, report);
        assertAJointTestIsPassedByItOnce(signed, report);
    }

    /** Of a program that is not ours to ship: it is written from docs/protocols/rest-v1.md. */
    private Program byRest() throws Exception {
        Path module = RunCommand.ROOT.resolve("server-config/target");
        Path demo = running().var().resolve("demo/app");
        return conformanceOf("'" + Path.of(System.getProperty("java.home"), "bin/java") + "' -Xshare:auto -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -cp '" + module.resolve("test-classes") + ":"
                + module.resolve("classes") + ":" + module.resolve("lib") + "/*' org.kopuro.client.RestProduct {service} --inn {inn} --token {token} --url {url} --server-cert {server-cert} --retry 1"
                + " --timeout 5 --key '" + demo.resolve("key.pem") + "' --cert '" + demo.resolve("cert.pem") + "' --memory '" + running().var().resolve("ended-tokens-of-rest") + "'",
                "--protocol", "REST", "--folder", running().var().resolve("conformance-rest").toString(), "--service", "tpDataByINN", "--service", "tpDataByINNforBusinessActivity");
    }

    @Test
    default void aProductThatCallsByRestPassesAndTheAuthoritySeesThatItWasByRest() throws Exception {
        Path demo = running().var().resolve("demo/app");
        Path folder = running().var().resolve("conformance-rest");
        Program run = whole(MessageProtocol.REST);
        assertEquals(0, run.exitCode(), run.output());
        assertEquals(Scenario.values().length, run.output().lines().filter(line -> line.matches("passed  CONF-\\d\\d  REST  .*")).count(), run.output());
        assertFalse((run.output() + Files.readString(folder.resolve("conformance-report.json"))).contains("GNS1T"), "a token was told");
        byte[] signed = Files.readAllBytes(folder.resolve("conformance-report.p7m"));
        ConformanceReport report = ConformanceReport.verify(signed, Pem.certificate(demo.resolve("cert.pem")), Identifier.DEMO_BANK.toString(), RULES, Instant.now());
        assertEquals(List.of(ForwardedCall.ANSWERED, ForwardedCall.ANSWERED, "TOKEN_NOT_ACCEPTED"), report.calls().stream().map(ForwardedCall::outcome).toList());

        String operator = account("a.rest.operator", "OPERATOR");
        String request = jointTest(operator, participant(operator));
        json(201, attach(operator, request, signed));
        JsonObject taken = json(200, send(operator, "GET", "access/requests/" + request + "/conformance", "application/json", null)).getJsonArray("reports").getJsonObject(0);
        assertEquals("REST", taken.getString("protocol"));
        assertEquals(Scenario.values().length, taken.getJsonArray("scenarios").size());
        json(200, event(operator, request, "{\"event\":\"RETRACT\"}"));
    }

    /** As docs/protocols/access.md tells it: this very report comes with a request, and opens one only. */
    private void assertAJointTestIsPassedByItOnce(byte[] signed, ConformanceReport report) throws Exception {
        String operator = account("an.operator", "OPERATOR");
        String participant = participant(operator);
        String first = jointTest(operator, participant);
        JsonObject early = json(409, event(operator, first, "{\"event\":\"GRANT\",\"reason\":\"x\"}"));
        assertEquals("TRANSITION_NOT_ALLOWED", early.getString("code"));
        assertEquals("ATTACHMENT_MISSING", json(422, event(operator, first, "{\"event\":\"CONFIRM\"}")).getString("code"));
        json(201, attach(operator, first, signed));
        JsonObject verdict = json(200, send(operator, "GET", "access/requests/" + first + "/conformance", "application/json", null)).getJsonArray("reports").getJsonObject(0);
        assertEquals(Scenario.values().length, verdict.getJsonArray("scenarios").size());
        assertEquals(report.calls().size(), verdict.getJsonArray("scenarios").getValuesAs(JsonObject.class).stream().mapToInt(one -> one.getInt("calls")).sum());
        json(200, event(operator, first, "{\"event\":\"CONFIRM\"}"));
        json(200, send(operator, "POST", "access/requests/" + first + "/checks", "application/json", "{\"item\":\"PROTOCOLS_SHOWN\",\"ticked\":true}".getBytes(StandardCharsets.UTF_8)));
        json(200, event(operator, first, "{\"event\":\"GRANT\",\"reason\":\"passed\"}"));
        assertEquals(report.services().stream().sorted(String.CASE_INSENSITIVE_ORDER).map(service -> service + " 1").toList(),
                json(200, send(operator, "GET", "access/requests/" + first + "/conformance", "application/json", null)).getJsonArray("passed").getValuesAs(JsonObject.class).stream()
                        .map(one -> one.getString("service") + " " + one.getString("majorVersion")).sorted(String.CASE_INSENSITIVE_ORDER).toList());
        String second = jointTest(operator, participant);
        assertEquals("REPORT_REUSED", json(409, attach(operator, second, signed)).getString("code"));
        json(200, event(operator, second, "{\"event\":\"RETRACT\"}"));
    }

    private String participant(String operator) throws Exception {
        return json(200, send(operator, "GET", "admin/participants?limit=200", "application/json", null)).getJsonArray("participants").getValuesAs(JsonObject.class).stream()
                .filter(one -> one.getString("memberCode").equals(Identifier.DEMO_BANK.memberCode())).findFirst().orElseThrow().getString("id");
    }

    private String jointTest(String operator, String participant) throws Exception {
        String body = Json.createObjectBuilder().add("kind", "JOINT_TEST").add("procedure", "KG-147").add("participant", participant).add("answerEmail", "bank@example.kg").add("body", "Tested.")
                .add("letter", Json.createObjectBuilder().add("sender", "bank@example.kg").add("receivedAt", Instant.now().minusSeconds(5).toString())).build().toString();
        return json(201, send(operator, "POST", "access/requests", "application/json", body.getBytes(StandardCharsets.UTF_8))).getString("id");
    }

    private HttpResponse<String> event(String operator, String request, String body) throws Exception {
        return send(operator, "POST", "access/requests/" + request + "/events", "application/json", body.getBytes(StandardCharsets.UTF_8));
    }

    private HttpResponse<String> attach(String operator, String request, byte[] report) throws Exception {
        return send(operator, "POST", "access/requests/" + request + "/documents?kind=CONFORMANCE_REPORT&fileName=conformance-report.p7m", "application/octet-stream", report);
    }

    private static JsonObject json(int status, HttpResponse<String> response) {
        assertEquals(status, response.statusCode(), response.body());
        try (JsonReader reader = Json.createReader(new StringReader(response.body()))) {
            return reader.readObject();
        }
    }

    private HttpResponse<String> send(String authorization, String method, String path, String type, byte[] body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + running().port() + "/api/v1/" + path)).header("Authorization", authorization)
                .header("Content-Type", type).method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body)).build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    }

    /** A new account of TEST, as its header of HTTP says it. */
    private String account(String login, String role) throws Exception {
        Program account = Program.ended(List.of(RunCommand.ROOT.resolve("bin/admin").toString(), "account", "add", "--login", login, "--role", role, "--contour", "TEST", "--name", "A Person"),
                running().var(), List.of("KOPURO_VAR=" + running().var()));
        assertEquals(0, account.exitCode(), account.output());
        String password = account.output().strip().replaceAll("(?s).*password ", "");
        return "Basic " + Base64.getEncoder().encodeToString((login + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    /** What the authority looks up: the entry that the participant names. */
    private void assertTheLedgerHolds(String entry) throws Exception {
        assertEquals(200, send(account("a.reader", "AUDITOR"), "GET", "evidence/" + entry, "application/json", null).statusCode());
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
        assertEquals(report, ConformanceReport.verify(Files.readAllBytes(folder.resolve("by-openssl.p7m")), certificate, Identifier.DEMO_BANK.toString(), RULES, Instant.now()));
    }

    @Test
    default void aProductWithoutMemoryUsesADeactivatedTokenAgain() throws Exception {
        Program run = conformance("", "--only", "CONF-10");
        assertEquals(1, run.exitCode(), run.output());
        assertTrue(run.output().startsWith("FAILED  CONF-10") && run.output().contains("asked again after CONSENT_REVOKED: the product sent the token again"), run.output());
    }
}
