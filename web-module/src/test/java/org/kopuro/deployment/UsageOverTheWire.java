package org.kopuro.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.kopuro.accounts.Role;
import org.kopuro.kernel.Contour;
import org.kopuro.testing.Rows;
import org.kopuro.testing.Scene;

/** A portal reads for a taxpayer who saw his data, over SOAP and REST; forms are transferred over REST as over SOAP. */
interface UsageOverTheWire {

    String PORTALS = "/api/v1/admin/portals";

    private static SoapAnswer find(Scene portal, Scene of, String request) {
        String message = TaxMessage.of(portal).service("findUsage").text().text().replaceAll("(?s)<soap:Body.*</soap:Body>",
                "<soap:Body wsu:Id=\"body\"><c:findUsage xmlns:c=\"urn:kopuro:consent:v1\"><c:request>" + request + "</c:request></c:findUsage></soap:Body>")
                .replaceAll("(?s)<xrd:userId(.*?)>.*?</xrd:userId>", "<xrd:userId$1>KG" + of.inn.digits() + "</xrd:userId>").replace("</soap:Header>", "${security}</soap:Header>");
        Server.Response response = Server.soap("consent", SoapText.of(message).signedBy(portal.identity).text());
        SoapAnswer answer = SoapAnswer.of(response);
        assertEquals("findUsageResponse", answer.payload().getLocalName(), response::text);
        answer.assertSignedByTheServer();
        answer.assertFitsTheSchema();
        return answer;
    }

    private static RestText over(Scene by, String service, String json, String... headers) {
        return RestText.call(by.participant.memberCode(), service, json, headers);
    }

    private static OpenApiText description(Scene by, String service) {
        RestAnswer described = RestText.of("GET /r1/central-server/GOV/70000002/gns-service/getOpenAPI?serviceCode=" + service + "\nX-Road-Client: central-server/COM/"
                + by.participant.memberCode() + "/app\nX-Road-Id: a\n").signedBy(by.identity).send();
        assertEquals(200, described.status(), described::text);
        return new OpenApiText(described);
    }

    @Test
    default void aNamedPortalIsToldOverSoapAndRestWhatTheTaxpayerReadsInTheCabinet() {
        Scene portal = new Scene(Contour.TEST, Participants.APPLICATION);
        Scene bank = new Scene(Contour.TEST, Participants.APPLICATION);
        String seen = over(bank, "headcount", "{\"inn\":\"" + bank.inn.digits() + "\",\"monthFrom\":\"2026-01\",\"monthTo\":\"2026-01\"}").signedBy(bank.identity).send().header("Kopuro-Ledger-Entry");
        assertEquals("NO_PORTAL", find(portal, bank, "").value("faultCode"));

        String officer = RestApi.anAccount(Role.SECURITY_OFFICER, Contour.TEST, null);
        String path = PORTALS + "/" + portal.subsystem.id().value();
        assertEquals(403, RestApi.as(RestApi.anAccount(Role.OPERATOR, Contour.TEST, null), "PUT", path, "{\"reason\":\"a portal\"}").status());
        RestApi.assertProblem(400, "FIELD_MISSING", "reason", RestApi.as(officer, "PUT", path, "{}"));
        RestApi.ok(RestApi.as(officer, "PUT", path, "{\"reason\":\"a portal\"}"));
        RestApi.assertProblem(409, "PORTAL_NAMED_ALREADY", "subsystem", RestApi.as(officer, "PUT", path, "{\"reason\":\"a portal\"}"));
        assertTrue(RestApi.ok(RestApi.as(officer, "GET", PORTALS, null)).getJsonArray("portals").stream()
                .anyMatch(one -> one.asJsonObject().getString("subsystem").equals(portal.subsystem.id().value().toString()) && !one.asJsonObject().containsKey("endedAt")));

        SoapAnswer told = find(portal, bank, "<c:limit>1</c:limit><c:language>en</c:language>");
        assertEquals(List.of("CONSENT_REQUIRED", "headcount", seen), List.of(told.value("outcome"), told.value("dataSet"), told.value("ledgerEntry")));
        assertTrue(!told.value("next").isEmpty() && !told.value("action").equals("headcount"), told::toString);

        String user = "X-Road-UserId: KG" + bank.inn.digits();
        RestAnswer rest = over(portal, "findUsage", "{}", user).signedBy(portal.identity).send();
        assertEquals(200, rest.status(), rest::text);
        description(portal, "findUsage").assertDescribes(rest);
        JsonArray uses = rest.json().getJsonArray("usage");
        assertEquals(List.of("findUsage", "headcount"), uses.getValuesAs(use -> use.asJsonObject().getString("dataSet")), "that the portal read is there, too");

        String taxpayer = RestApi.anAccount(Role.TAXPAYER, Contour.TEST, bank.inn);
        JsonObject cabinet = RestApi.ok(RestApi.as(taxpayer, "GET", "/api/v1/usage/tracker?language=en", null));
        assertEquals(List.of("findUsage", "findUsage", "headcount"), cabinet.getJsonArray("usage").getValuesAs(use -> use.asJsonObject().getString("dataSet")));
        JsonObject last = cabinet.getJsonArray("usage").getJsonObject(2);
        JsonObject same = uses.getJsonObject(1);
        for (String field : List.of("logtime", "action", "receiver", "ledgerEntry")) {
            assertEquals(last.getString(field).substring(0, 10), same.getString(field).substring(0, 10), field);
        }

        assertEquals("[\"FIRST_USE\"]", RestApi.ok(RestApi.as(taxpayer, "PUT", "/api/v1/notice-choices", "{\"off\":[\"FIRST_USE\"]}")).getJsonArray("off").toString());
        RestApi.assertProblem(422, "NOTICE_NOT_SWITCHABLE", "off", RestApi.as(taxpayer, "PUT", "/api/v1/notice-choices", "{\"off\":[\"STRANGER\"]}"));
        assertEquals("[\"FIRST_USE\"]", RestApi.ok(RestApi.as(taxpayer, "GET", "/api/v1/notice-choices", null)).getJsonArray("off").toString());

        RestAnswer receipt = receipt(portal, user, seen);
        assertTrue(receipt.value("receipt").contains(bank.inn.digits()), "whose number it opens");
        description(portal, "usageReceipt").assertDescribes(receipt);
        assertEquals("NOT_FOUND", over(portal, "usageReceipt", "{\"ledgerEntry\":\"" + seen + "\"}", "X-Road-UserId: KG" + portal.inn.digits()).signedBy(portal.identity).send().value("code"));

        RestApi.as(officer, "POST", path + "/end", "{\"reason\":\"replaced\"}");
        assertEquals(403, over(portal, "findUsage", "{}", user).signedBy(portal.identity).send().status());
    }

    /** The sequencer gives the entry its place within a second. */
    private static RestAnswer receipt(Scene portal, String user, String entry) {
        for (int attempt = 0; attempt < 50; attempt++) {
            RestAnswer answer = over(portal, "usageReceipt", "{\"ledgerEntry\":\"" + entry + "\"}", user).signedBy(portal.identity).send();
            if (answer.status() == 200) {
                return answer;
            }
            assertEquals("ENTRY_NOT_YET_IN_TREE", answer.value("code"), answer::text);
        }
        throw new AssertionError("not in the tree");
    }

    @Test
    default void aFormIsTransferredAndItsWithdrawalReportedOverRest() {
        Scene scene = new Scene(Contour.TEST, Participants.APPLICATION);
        String operator = RestApi.anAccount(Role.AGREEMENTS_OFFICER, Contour.TEST, null);
        RestApi.created(RestApi.as(operator, "POST", "/api/v1/admin/form-versions/" + scene.participant.id().value(), "{\"version\":\"1\",\"sha256\":{\"ky\":\"" + "0".repeat(64) + "\"}}"));
        byte[] file = ConsentFormsOverSoap.aFile();
        String request = """
                {"number":"R-1","taxpayerInn":"%s","taxpayerName":"Сыноо","service":["headcount"],"signedOn":"%s","formVersion":"1","signing":"HANDWRITTEN","fileName":"form.xml",
                 "fileSha256":"%s","file":"%s"}""".formatted(scene.inn.digits(), scene.today(), ConsentFormsOverSoap.sha256(file), Base64.getEncoder().encodeToString(file));
        RestAnswer transferred = over(scene, "transferForm", request).signedBy(scene.identity).send();
        assertEquals(200, transferred.status(), transferred::text);
        assertEquals("REGISTERED", transferred.value("result"));
        description(scene, "transferForm").assertDescribes(transferred);
        transferred.assertSignedByTheServer();
        String asked = "{\"inn\":\"" + scene.inn.digits() + "\",\"monthFrom\":\"2026-01\",\"monthTo\":\"2026-01\"}";
        assertEquals(200, over(scene, "headcount", asked).signedBy(scene.identity).send().status());
        RestAnswer withdrawn = over(scene, "withdrawForm", "{\"number\":\"R-1\",\"withdrawnAt\":\"" + Instant.now().minusSeconds(3600) + "\"}").signedBy(scene.identity).send();
        assertEquals("WITHDRAWN", withdrawn.value("state"), withdrawn::text);
        description(scene, "withdrawForm").assertDescribes(withdrawn);
        assertEquals("CONSENT_WITHDRAWN", over(scene, "headcount", asked).signedBy(scene.identity).send().value("code"));
        String taxpayer = RestApi.anAccount(Role.TAXPAYER, Contour.TEST, scene.inn);
        String path = "/api/v1/consent-forms/" + transferred.value("form.id") + "/receipt?language=en";
        JsonObject receipt = RestApi.ok(RestApi.as(taxpayer, "GET", path, null)).getJsonObject("receipt");
        assertEquals(List.of("WITHDRAWN", 1), List.of(receipt.getString("state"), receipt.getInt("disclosuresInAll")));
        Server.Response signed = Server.send("GET", path, null, Map.of("Accept", "application/jose", "Authorization", "Basic "
                + Base64.getEncoder().encodeToString((taxpayer + ":" + RestApi.PASSWORD).getBytes(StandardCharsets.UTF_8))));
        assertTrue(signed.status() == 200 && signed.text().matches("[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+"), signed::text);
        String stranger = RestApi.anAccount(Role.TAXPAYER, Contour.TEST, new Scene(Contour.TEST, Participants.APPLICATION).inn);
        assertEquals(404, RestApi.as(stranger, "GET", path, null).status());
        assertEquals(List.of("WITHDRAWN", "REGISTERED"), RestApi.ok(RestApi.as(taxpayer, "GET", "/api/v1/tidings", null)).getJsonArray("tidings")
                .getValuesAs(one -> one.asJsonObject().getString("tiding")));
        RestAnswer again = over(scene, "withdrawForm", "{\"number\":\"R-1\",\"withdrawnAt\":\"" + Instant.now().minusSeconds(3600) + "\"}").signedBy(scene.identity).send();
        assertEquals(409, again.status(), again::text);
        assertEquals("WITHDRAWN", over(scene, "formStatus", "{\"number\":\"R-1\"}").signedBy(scene.identity).send().value("state"));
        assertEquals(List.of("1"), Rows.of("select count(*) from consent.form_consent where id = ?", UUID.fromString(transferred.value("form.id"))));
    }
}
