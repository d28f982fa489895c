package org.kopuro.deployment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.kopuro.accounts.Role;
import org.kopuro.kernel.Contour;
import org.kopuro.participants.FaultDialect;
import org.kopuro.participants.SigningCertificate;
import org.kopuro.registers.RegisterRows;
import org.kopuro.testing.Rows;
import org.kopuro.testing.Scene;
import org.kopuro.testing.TestCertificates;

/** Every service that is there over SOAP is there over X-Road REST: by the same rules, with the same refusals and the same records. */
interface RestCalls {

    private static RestText call(Scene scene, String service, String json, String... headers) {
        return RestText.call(scene.participant.memberCode(), service, json, headers);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"tpDataByINN|", "taxpayerDataByInn|", "TPpaymentDateByInn|", "incomeStatement|,\"monthFrom\":\"2026-01\",\"monthTo\":\"2026-01\"",
            "headcount|,\"monthFrom\":\"2026-01\",\"monthTo\":\"2026-01\""})
    default void tellTheTaxpayersDataAsDescribed(String service, String more) {
        Scene scene = Participants.speaking(FaultDialect.CAMEL_CASE);
        RestAnswer answer = call(scene, service, "{\"inn\":\"" + scene.inn.digits() + "\"" + (more == null ? "" : more) + "}",
                "Kopuro-Consent-Token: " + Participants.token(FaultDialect.CAMEL_CASE)).signedBy(scene.identity).send();
        assertEquals(200, answer.status(), answer::text);
        assertEquals(scene.inn.digits(), answer.value("inn"), answer::text);
        answer.assertSignedByTheServer();
        new OpenApiText(description(scene, service)).assertDescribes(answer);
        assertEquals(List.of(service + "|DISCLOSED|TOKEN"), Rows.of("select concat_ws('|', service_code, outcome, consent_kind) from consent.usage where occurrence = ?::uuid",
                answer.header("Kopuro-Ledger-Entry")));
    }

    @ParameterizedTest
    @CsvSource({"connectionStatus", "listServices", "notices", "listRequests"})
    default void tellParticipantsAboutThemselvesAsDescribed(String service) {
        Scene scene = Participants.speaking(FaultDialect.CAMEL_CASE);
        RestAnswer answer = call(scene, service, "{}").signedBy(scene.identity).send();
        assertEquals(200, answer.status(), answer::text);
        new OpenApiText(description(scene, service)).assertDescribes(answer);
    }

    private static RestAnswer description(Scene scene, String service) {
        RestAnswer description = RestText.of("GET /r1/central-server/GOV/70000002/gns-service/getOpenAPI?serviceCode=" + service + "\nX-Road-Client: central-server/COM/"
                + scene.participant.memberCode() + "/app\nX-Road-Id: a\n").signedBy(scene.identity).send();
        assertEquals(200, description.status(), description::text);
        return description;
    }

    /** What was decided is decided once: the same code over both protocols. */
    @Test
    default void areRefusedAsOverSoap() {
        Scene scene = Participants.speaking(FaultDialect.CAMEL_CASE);
        for (String token : new String[] {null, "GNS1T-AAAAA", "GNS1T-008J4-CT4AN-K7F24-SNAXW-SQFEZ-YM"}) {
            RestText request = token == null ? call(scene, "tpDataByINN", "{\"inn\":\"" + scene.inn.digits() + "\"}")
                    : call(scene, "tpDataByINN", "{\"inn\":\"" + scene.inn.digits() + "\"}", "Kopuro-Consent-Token: " + token);
            RestAnswer answer = request.signedBy(scene.identity).send();
            assertEquals(SoapAnswer.of(Server.soap(TaxMessage.of(scene).service("tpDataByINN").token(token).signed())).value("faultCode"), answer.value("code"), answer::text);
        }
    }

    @Test
    default void acceptEachAlgorithmThatIsNamed() {
        Scene scene = new Scene(Contour.TEST, Participants.APPLICATION);
        TestCertificates.Identity rsa = TestCertificates.rsa(scene.application.clock().instant());
        TestCertificates.Identity curve = TestCertificates.make("EC", 384, "SHA384withECDSA", scene.application.clock().instant().minusSeconds(60), scene.application.clock().instant().plusSeconds(6000));
        scene.addCertificate(scene.subsystem, Contour.TEST, rsa);
        scene.addCertificate(scene.subsystem, Contour.TEST, curve);
        Map.of("rsa-pss-sha512", rsa, "rsa-v1_5-sha256", rsa, "ecdsa-p384-sha384", curve, "ecdsa-p256-sha256", scene.identity).forEach((algorithm, key) -> {
            RestAnswer answer = call(scene, "connectionStatus", "{}").algorithm(algorithm).signedBy(key).send();
            assertEquals(200, answer.status(), () -> algorithm + " " + answer.text());
            answer.assertSignedByTheServer();
            assertEquals(key != rsa, answer.header("Signature-Input").contains("ecdsa"), "who signs with a curve can check one");
        });
        assertEquals("SIGNATURE_ALGORITHM_REFUSED", call(scene, "connectionStatus", "{}").algorithm("rsa-v1_5-sha1").signedBy(rsa).send().value("code"));
        assertEquals("SIGNATURE_INVALID", call(scene, "connectionStatus", "{}").keyId(HexFormat.of().formatHex(SigningCertificate.thumbprintOf(curve.der()))).signedBy(scene.identity).send()
                .value("code"));
    }

    @Test
    default void fitTheSampleRequestsOfTheDocumentation() throws IOException {
        Scene scene = Participants.speaking(FaultDialect.CAMEL_CASE);
        try (var files = Files.list(Path.of("../docs/protocols/rest-v1"))) {
            for (Path sample : files.sorted().toList()) {
                RestAnswer answer = RestText.of(Files.readString(sample).replace("60009999", scene.participant.memberCode()).replace("demo-bank-service", "app")
                        .replace("23002199000001", scene.inn.digits()).replace("GNS1T-008J4-CT4AN-K7F24-SNAXW-SQFEZ-YM", Participants.token(FaultDialect.CAMEL_CASE))
                        .replace("6f0d7c1e-3b0a-4d0e-9c55-2a8f6f1b7a10", UUID.randomUUID().toString())).signedBy(scene.identity).send();
                assertEquals(200, answer.status(), () -> sample + " " + answer.text());
                answer.assertSignedByTheServer();
            }
        }
    }

    @Test
    default void areHeardOnce() {
        Scene scene = Participants.speaking(FaultDialect.CAMEL_CASE);
        RestText request = call(scene, "tpDataByINNforBusinessActivity", "{\"inn\":\"" + scene.inn.digits() + "\"}").signedBy(scene.identity);
        assertEquals(200, request.send().status());
        RestAnswer again = request.send();
        assertEquals("MESSAGE_REPLAYED", again.value("code"), again::text);
        assertEquals("Client.MessageReplayed", again.header("X-Road-Error"));
        assertFalse(again.isSigned(), "a stranger's refusal is not signed");
    }

    @Test
    default void areRefusedInXmlToWhoeverWantsThat() {
        Scene scene = Participants.speaking(FaultDialect.CAMEL_CASE);
        RestAnswer answer = call(scene, "noSuchService", "{}", "Accept: text/xml").signedBy(scene.identity).send();
        assertEquals(500, answer.status(), answer::text);
        assertEquals("application/xml", answer.header("Content-Type"));
        assertEquals("Server.ServerProxy.UnknownService", SoapText.parse(answer.body()).getDocumentElement().getElementsByTagName("type").item(0).getTextContent());
    }

    @Test
    default void keepTheirMessagesAsExchanged() {
        Scene scene = Participants.speaking(FaultDialect.CAMEL_CASE);
        RestText request = call(scene, "tpDataByINN", "{\"inn\":\"" + scene.inn.digits() + "\"}", "Kopuro-Consent-Token: " + Participants.token(FaultDialect.CAMEL_CASE))
                .signedBy(scene.identity);
        RestAnswer answer = request.send();
        EvidenceFile evidence = EvidenceOfCalls.evidence(RestApi.anAccount(Role.AUDITOR, Contour.TEST, null), request.headers.get("X-Road-Id"));
        String kept = new String(evidence.member("request.xml"), StandardCharsets.UTF_8);
        assertTrue(kept.startsWith("POST " + request.target + " HTTP/1.1\r\n"), kept);
        assertTrue(kept.contains("signature: " + request.headers.get("Signature") + "\r\n") && kept.contains("signature-input: " + request.headers.get("Signature-Input") + "\r\n"), kept);
        assertTrue(kept.endsWith("\r\n\r\n" + new String(request.body, StandardCharsets.UTF_8)), kept);
        String told = new String(evidence.member("answer.xml"), StandardCharsets.UTF_8);
        assertTrue(told.startsWith("HTTP/1.1 200\r\n") && told.contains("Signature: " + answer.header("Signature")), told);
        assertArrayEquals(answer.body(), told.substring(told.indexOf("\r\n\r\n") + 4).getBytes(StandardCharsets.UTF_8));
    }

    @Test
    default void areProvedByTheConnectionOfTheSubsystem() {
        Scene scene = new Scene(Contour.TEST, Participants.APPLICATION);
        RestText request = call(scene, "tpDataByINNforBusinessActivity", "{\"inn\":\"" + scene.inn.digits() + "\"}");
        assertEquals("CERTIFICATE_UNKNOWN", send(Tls.SUBSYSTEM, request).value("code"));
        scene.addCertificate(scene.subsystem, Contour.TEST, Tls.SUBSYSTEM);
        RestAnswer answer = send(Tls.SUBSYSTEM, request);
        assertEquals(200, answer.status(), answer::text);
        answer.assertSignedByTheServer();
        assertEquals(200, send(Tls.SUBSYSTEM, request).status(), "a connection is not replayed by others");
        RestText foreign = RestText.call(Participants.speaking(FaultDialect.CAMEL_CASE).participant.memberCode(), "connectionStatus", "{}");
        assertEquals("CERTIFICATE_OF_ANOTHER_SUBSYSTEM", send(Tls.SUBSYSTEM, foreign).value("code"));
        RestText badlySigned = call(scene, "connectionStatus", "{}").signedBy(scene.identity);
        badlySigned.headers.put("X-Road-Id", "another");
        assertEquals("SIGNATURE_INVALID", send(Tls.SUBSYSTEM, badlySigned).value("code"), "a signature that is there is verified");
    }

    @Test
    default void areBroughtBySecurityServers() {
        RegisterRows.run("insert into exchange.gateway values (decode(?, 'hex'), 'TEST', 'A Security Server') on conflict do nothing",
                HexFormat.of().formatHex(SigningCertificate.thumbprintOf(Tls.SECURITY_SERVER.der())));
        Scene scene = Participants.speaking(FaultDialect.CAMEL_CASE);
        RestText request = RestText.of("POST /rest/tpDataByINNforBusinessActivity\nX-Road-Client: central-server/COM/" + scene.participant.memberCode()
                + "/app\nX-Road-Id: a\nX-Road-Request-Id: 5a0f6c3e-9f43-4a53-8a55-0c1de4d0b7aa\nContent-Type: application/json\n\n{\"inn\":\"" + scene.inn.digits() + "\"}");
        RestAnswer answer = send(Tls.SECURITY_SERVER, request);
        assertEquals(200, answer.status(), answer::text);
        assertEquals("", answer.header("X-Road-Id"), "what a Security Server says is left to it");
        assertEquals("CERTIFICATE_UNKNOWN", send(Tls.OTHER_SERVER, request).value("code"));
    }

    private static RestAnswer send(TestCertificates.Identity client, RestText request) {
        return RestAnswer.of(request, Server.http(HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).sslContext(Tls.as(client)).build(),
                URI.create("https://127.0.0.1:" + Tls.PORT + request.target), request.method, request.body, request.headers));
    }
}
