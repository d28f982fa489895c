package org.kopuro.deployment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.kopuro.accounts.Role;
import org.kopuro.kernel.Contour;
import org.kopuro.testing.Rows;
import org.kopuro.testing.Scene;
import org.kopuro.testing.TestIssuer;

/** A participant's system transfers signed forms as MTOM attachments, calls on them, and is refused once they are withdrawn. */
interface ConsentFormsOverSoap {

    String BOUNDARY = "part-of-a-form";
    String FORMS = "/api/v1/consent-forms";

    static Scene aParticipantWithAForm() {
        Scene scene = new Scene(Contour.TEST, Participants.APPLICATION);
        String operator = RestApi.anAccount(Role.AGREEMENTS_OFFICER, Contour.TEST, null);
        RestApi.created(RestApi.as(operator, "POST", "/api/v1/admin/form-versions/" + scene.participant.id().value(), "{\"version\":\"1\",\"sha256\":{\"ky\":\"" + "0".repeat(64) + "\"}}"));
        return scene;
    }

    static byte[] aFile() {
        return ("<consent>" + UUID.randomUUID() + "</consent>").getBytes(StandardCharsets.UTF_8);
    }

    /** Of so many octets, most of them blanks. */
    private static byte[] aPdf(int size) {
        String head = "%PDF-1.7\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n2 0 obj\n<</Type/Pages/Kids[3 0 R]/Count 1>>\nendobj\n3 0 obj\n<</Type/Page/Parent 2 0 R>>\nendobj\n";
        String tail = "\ntrailer\n<</Root 1 0 R/Size 4>>\nstartxref\n0\n%%EOF\n";
        return (head + " ".repeat(size - head.length() - tail.length()) + tail).getBytes(StandardCharsets.US_ASCII);
    }

    static String declared(Scene scene, String number, String signing, byte[] file, String rest) {
        return """
                <c:number>%s</c:number><c:taxpayerInn>%s</c:taxpayerInn><c:taxpayerName>Сыноо</c:taxpayerName><c:service>headcount</c:service><c:signedOn>%s</c:signedOn>
                <c:formVersion>1</c:formVersion><c:signing>%s</c:signing><c:fileName>%s</c:fileName><c:fileSha256>%s</c:fileSha256>%s"""
                .formatted(number, scene.inn.digits(), scene.today(), signing, signing.equals("CMS_EMBEDDED") ? "form.xml.p7m" : file[0] == '%' ? "form.pdf" : "form.xml", sha256(file), rest);
    }

    static String attached(String element) {
        return "<c:%1$s><xop:Include xmlns:xop=\"http://www.w3.org/2004/08/xop/include\" href=\"cid:%1$s@test\"/></c:%1$s>".formatted(element);
    }

    static String message(Scene scene, String operation, String request) {
        return unsigned(scene, operation, request).signedBy(scene.identity).text();
    }

    static SoapText unsigned(Scene scene, String operation, String request) {
        return SoapText.of(TaxMessage.of(scene).service(operation).text().text().replaceAll("(?s)<soap:Body.*</soap:Body>",
                "<soap:Body wsu:Id=\"body\"><c:%1$s xmlns:c=\"urn:kopuro:consent:v1\"><c:request>%2$s</c:request></c:%1$s></soap:Body>".formatted(operation, request))
                .replace("</soap:Header>", "${security}</soap:Header>"));
    }

    static SoapAnswer call(Scene scene, String operation, String request) {
        return answered(operation, Server.soap("consent", message(scene, operation, request)));
    }

    static String refusedAtTheDoor(Scene scene, String operation, String request) {
        return SoapAnswer.of(Server.soap("consent", message(scene, operation, request))).refusalCode();
    }

    /** With attachments, whose octets are base 64 in transfer. */
    private static SoapAnswer call(Scene scene, String request, Map<String, byte[]> attachments) {
        StringBuilder text = new StringBuilder("--" + BOUNDARY + "\r\nContent-Type: application/xop+xml; charset=UTF-8; type=\"text/xml\"\r\nContent-ID: <root>\r\n\r\n"
                + message(scene, "transferForm", request));
        attachments.forEach((id, octets) -> text.append("\r\n--" + BOUNDARY + "\r\nContent-Type: application/octet-stream\r\nContent-Transfer-Encoding: base64\r\nContent-ID: <" + id
                + "@test>\r\n\r\n" + Base64.getMimeEncoder().encodeToString(octets)));
        text.append("\r\n--" + BOUNDARY + "--\r\n");
        return answered("transferForm", Server.send("POST", "/soap/consent/v1", text.toString().getBytes(StandardCharsets.UTF_8), Map.of("Content-Type",
                "multipart/related; type=\"application/xop+xml\"; start=\"<root>\"; start-info=\"text/xml\"; boundary=\"" + BOUNDARY + "\"")));
    }

    private static SoapAnswer answered(String operation, Server.Response response) {
        SoapAnswer answer = SoapAnswer.of(response);
        assertEquals(200, response.status(), response::text);
        assertEquals(operation + "Response", answer.payload().getLocalName(), response::text);
        answer.assertSignedByTheServer();
        answer.assertFitsTheSchema();
        return answer;
    }

    static String headcount(Scene scene) {
        SoapAnswer answer = SoapAnswer.of(Server.soap(TaxMessage.of(scene).service("headcount").months("2026-01", "2026-02").signed()));
        return answer.value("faultCode").isEmpty() ? answer.payload().getLocalName() : answer.value("faultCode");
    }

    @Test
    default void aFormIsTransferredUsedInACallWithdrawnAndRefused() {
        Scene scene = aParticipantWithAForm();
        assertEquals("CONSENT_REQUIRED", headcount(scene));
        byte[] file = aFile();
        byte[] signature = TestIssuer.cms(file, false, TestIssuer.TRUSTED.issue("SERIALNUMBER=" + scene.inn.digits() + ",CN=A"));
        String request = declared(scene, "A-1", "CMS_DETACHED", file, attached("file") + attached("signature"));
        SoapAnswer transferred = call(scene, request, Map.of("file", file, "signature", signature));
        assertEquals(List.of("REGISTERED", "REGISTERED", ""), List.of(transferred.value("result"), transferred.value("state"), transferred.value("problem")));
        assertEquals("headcountResponse", headcount(scene));

        String taxpayer = RestApi.anAccount(Role.TAXPAYER, Contour.TEST, scene.inn);
        JsonObject seen = RestApi.ok(RestApi.as(taxpayer, "GET", FORMS, null)).getJsonArray("forms").getJsonObject(0);
        assertEquals(transferred.value("id"), seen.getString("id"));
        String path = FORMS + "/" + seen.getString("id");
        assertArrayEquals(file, RestApi.as(taxpayer, "GET", path + "/document", null).body());
        assertArrayEquals(signature, RestApi.as(taxpayer, "GET", path + "/signature", null).body());
        assertEquals("WITHDRAWN", RestApi.ok(RestApi.as(taxpayer, "POST", path + "/withdraw", "{}")).getString("state"));
        assertEquals("CONSENT_WITHDRAWN", headcount(scene));
        SoapAnswer status = call(scene, "formStatus", "<c:number>A-1</c:number>");
        assertEquals(List.of("WITHDRAWN", "TAXPAYER"), List.of(status.value("state"), status.value("cause")));
        assertEquals("TRANSITION_NOT_ALLOWED", call(scene, "withdrawForm", "<c:number>A-1</c:number><c:withdrawnAt>" + Instant.now().minus(Duration.ofHours(1)) + "</c:withdrawnAt>").value("faultCode"));
        String stranger = RestApi.anAccount(Role.TAXPAYER, Contour.TEST, new Scene(Contour.TEST, Participants.APPLICATION).inn);
        assertEquals(404, RestApi.as(stranger, "GET", path, null).status());
        assertEquals(404, RestApi.as(stranger, "GET", path + "/document", null).status());
        assertEquals(404, RestApi.as(stranger, "POST", path + "/dispute", "{\"reason\":\"Not mine.\"}").status());
    }

    @Test
    default void aFormInsideItsSignatureMayStandInTheMessage() {
        Scene scene = aParticipantWithAForm();
        byte[] file = TestIssuer.cms(aFile(), true, TestIssuer.TRUSTED.issue("SERIALNUMBER=" + scene.inn.digits() + ",CN=A"));
        SoapAnswer transferred = call(scene, "transferForm", declared(scene, "B-1", "CMS_EMBEDDED", file, "<c:file>" + Base64.getEncoder().encodeToString(file) + "</c:file>"));
        assertEquals("REGISTERED", transferred.value("result"));
        SoapAnswer withdrawn = call(scene, "withdrawForm", "<c:number>B-1</c:number><c:withdrawnAt>" + Instant.now().minus(Duration.ofHours(1)) + "</c:withdrawnAt>");
        assertEquals(List.of("WITHDRAWN", "REPORTED_BY_PARTICIPANT"), List.of(withdrawn.value("state"), withdrawn.value("cause")));
        assertEquals("CONSENT_WITHDRAWN", headcount(scene));
    }

    /** What the checks find is told with its text; what inspection refuses is a refusal, and leaves nothing. */
    @Test
    default void whatIsWrongWithAFormIsToldInThreeLanguages() {
        Scene scene = aParticipantWithAForm();
        byte[] file = aFile();
        byte[] weak = TestIssuer.cms(file, false, "SHA1withECDSA", TestIssuer.TRUSTED.issue("SERIALNUMBER=" + scene.inn.digits() + ",CN=A"));
        String signed = declared(scene, "C-1", "CMS_DETACHED", file, attached("file") + attached("signature"));
        SoapAnswer refused = call(scene, signed, Map.of("file", file, "signature", weak));
        assertEquals(List.of("SIGNATURE_INVALID", "ALGORITHM_FORBIDDEN", "REJECTED"), List.of(refused.value("result"), refused.value("problem"), refused.value("state")));
        assertEquals(3, refused.body().getElementsByTagNameNS("*", "explanation").getLength());
        assertTrue(refused.value("sentence").contains("SHA-1"), refused.value("sentence"));
        String byHand = declared(scene, "C-2", "HANDWRITTEN", file, attached("file"));
        assertEquals("HASH_MISMATCH", call(scene, byHand, Map.of("file", aFile())).value("result"), "the signed message names another file");
        assertEquals("DOCUMENT_MISSING", call(scene, "transferForm", declared(scene, "C-3", "HANDWRITTEN", file, "")).value("result"));
        SoapAnswer hostile = call(scene, byHand, Map.of("file", "<!DOCTYPE a><a/>".getBytes(StandardCharsets.UTF_8)));
        assertEquals("DOCUMENT_XML_DTD", hostile.value("faultCode"));
        assertEquals(List.of("DOCUMENT_XML_DTD"), Rows.of("select outcome from consent.usage where occurrence = ?", UUID.fromString(hostile.value("occurrence"))));
        assertEquals(List.of("0"), Rows.of("select count(*) from consent.form_consent where participant_id = ? and document_id is not null", scene.participant.id().value()));
        assertEquals("CONSENT_REQUIRED", headcount(scene));
    }

    @Test
    default void aFileOfTenMegabytesPassesAndAnyLargerOneIsRefused() {
        Scene scene = aParticipantWithAForm();
        byte[] largest = aPdf(10 * 1024 * 1024);
        assertEquals("REGISTERED", call(scene, declared(scene, "D-1", "HANDWRITTEN", largest, attached("file")), Map.of("file", largest)).value("result"));
        byte[] larger = aPdf(largest.length + 1);
        assertEquals("DOCUMENT_TOO_LARGE", call(scene, declared(scene, "D-2", "HANDWRITTEN", larger, attached("file")), Map.of("file", larger)).value("faultCode"));
    }

    @Test
    default void aTaxpayerDisputesAndTheSecurityOfficerSettles() {
        Scene scene = aParticipantWithAForm();
        byte[] file = aFile();
        String id = call(scene, declared(scene, "E-1", "HANDWRITTEN", file, attached("file")), Map.of("file", file)).value("id");
        String taxpayer = RestApi.anAccount(Role.TAXPAYER, Contour.TEST, scene.inn);
        assertEquals("DISPUTED", RestApi.ok(RestApi.as(taxpayer, "POST", FORMS + "/" + id + "/dispute", "{\"reason\":\"I never saw it.\"}")).getString("state"));
        assertEquals("CONSENT_DISPUTED", headcount(scene));
        String officer = RestApi.anAccount(Role.SECURITY_OFFICER, Contour.TEST, null);
        assertTrue(RestApi.ok(RestApi.as(officer, "GET", FORMS, null)).getJsonArray("forms").stream().anyMatch(form -> form.asJsonObject().getString("id").equals(id)));
        String adding = FORMS + "/" + id + "/evidence?fileName=evidence.txt";
        byte[] evidence = "As shown.".getBytes(StandardCharsets.UTF_8);
        assertEquals(403, Server.upload(adding, taxpayer, RestApi.PASSWORD, evidence).status());
        assertEquals(403, Server.upload(adding, RestApi.anAccount(Role.APPROVER, Contour.TEST, null), RestApi.PASSWORD, evidence).status());
        String settling = FORMS + "/" + id + "/settle";
        String settlement = "{\"given\":true,\"reason\":\"seen\",\"evidence\":\"" + RestApi.created(Server.upload(adding, officer, RestApi.PASSWORD, evidence)).getString("id") + "\"}";
        RestApi.assertProblem(400, "NOT_IN_THE_ADDRESS", "reason", RestApi.as(officer, "POST", settling + "?reason=seen", settlement));
        RestApi.assertProblem(404, "NOT_FOUND", "evidence", RestApi.as(officer, "POST", settling, settlement.replaceAll("evidence\":\"[^\"]*", "evidence\":\"" + id)));
        assertEquals("REGISTERED", RestApi.ok(RestApi.as(officer, "POST", settling, settlement)).getString("state"));
        assertEquals("headcountResponse", headcount(scene));
    }

    static String sha256(byte[] octets) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(octets));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
