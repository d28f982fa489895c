package org.kopuro.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.kopuro.accounts.Role;
import org.kopuro.kernel.Contour;
import org.kopuro.participants.FaultDialect;
import org.kopuro.testing.Scene;

/** The catalogue by the programs of officials and consumers, over REST. */
interface CatalogueOverRest {

    String CATALOGUE = "/api/v1/access/catalogue";

    @Test
    default void theServedContractIsRecordedAndReadByConsumersAndTaxpayers() throws IOException {
        String owner = RestApi.anOfficial(Contour.TEST, Role.SERVICE_OWNER);
        String administrator = AccessOverRest.administratorOf(new Scene(Contour.TEST), Contour.TEST);
        String taxpayer = RestApi.anAccount(Role.TAXPAYER, Contour.TEST, Participants.speaking(FaultDialect.CAMEL_CASE).inn);
        String path = CATALOGUE + "/services/headcount";
        assertEquals(401, Server.api("GET", CATALOGUE, null, null, null).status());
        JsonObject entry = RestApi.ok(RestApi.as(taxpayer, "GET", path, null));
        assertEquals("v1 IN_PRODUCTION {\"TEST\":[\"v1\"],\"PRODUCTION\":[\"v1\"]}", entry.getString("version") + " " + entry.getString("state") + " " + entry.get("served"));
        assertTrue(entry.containsKey("limits"));
        assertEquals(403, RestApi.as(administrator, "POST", path + "/versions", "{\"version\":\"v1\"}").status());
        String version = CATALOGUE + "/versions/" + RestApi.created(RestApi.as(owner, "POST", path + "/versions", "{\"version\":\"v1\"}")).getString("id");
        RestApi.assertProblem(409, "VERSION_IN_THE_MAKING", "version", RestApi.as(owner, "POST", path + "/versions", "{\"version\":\"v1\"}"));
        RestApi.assertProblem(404, "NOT_FOUND", "version", RestApi.as(administrator, "GET", version, null));
        for (String file : List.of("wsdl/src/main/wsdl/tax/v1/tax.wsdl", "xsd/src/main/xsd/tax/v1/messages.xsd", "xsd/src/main/xsd/tax/v1/types.xsd",
                "xsd/src/main/xsd/tax/v1/faults.xsd", "xsd/src/main/xsd/xroad/xroad.xsd", "xsd/src/main/xsd/xroad/identifiers.xsd", "xsd/src/main/xsd/xroad/security-token.xsd")) {
            Path source = Path.of("..").resolve(file);
            RestApi.created(Server.upload(version + "/files?fileName=" + source.getFileName(), owner, RestApi.PASSWORD, Files.readAllBytes(source)));
        }
        RestApi.assertProblem(422, "DOCUMENT_XML_DTD", "file", Server.upload(version + "/files?fileName=a.xsd", owner, RestApi.PASSWORD,
                "<!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>".getBytes(StandardCharsets.UTF_8)));
        RestApi.assertProblem(413, "DOCUMENT_TOO_LARGE", "file", Server.upload(version + "/files?fileName=a.xsd", owner, RestApi.PASSWORD, new byte[3_000_000]));
        assertEquals(0, RestApi.ok(RestApi.as(owner, "GET", version + "/preview", null)).getInt("total"));
        assertEquals(403, RestApi.as(administrator, "GET", version + "/preview", null).status());
        assertEquals("PUBLISHED", RestApi.ok(RestApi.as(owner, "POST", version + "/events", "{\"event\":\"RECORD\"}")).getString("state"));
        RestApi.assertProblem(409, "TRANSITION_NOT_ALLOWED", "event", RestApi.as(owner, "POST", version + "/events", "{\"event\":\"PUBLISH\"}"));
        assertTrue(RestApi.ok(RestApi.as(owner, "GET", version + "/publication", null)).containsKey("affected"));
        assertFalse(RestApi.ok(RestApi.as(administrator, "GET", version + "/publication", null)).containsKey("affected"));
        Server.Response file = RestApi.as(administrator, "GET", version + "/files/tax.wsdl", null);
        assertEquals(200, file.status());
        assertEquals(Files.readString(Path.of("../wsdl/src/main/wsdl/tax/v1/tax.wsdl")), file.text());
        assertEquals(1, RestApi.ok(RestApi.as(administrator, "GET", path, null)).getJsonArray("versions").size());
    }

    @Test
    default void aVersionIsNotPublishedInProductionWithoutItsNotice() {
        String owner = RestApi.anOfficial(Contour.PRODUCTION, Role.SERVICE_OWNER);
        String draft = RestApi.created(RestApi.as(owner, "POST", CATALOGUE + "/services/headcount/versions", "{\"version\":\"v77\"}")).getString("id");
        String events = CATALOGUE + "/versions/" + draft + "/events";
        RestApi.assertProblem(409, "NOT_SERVED_IN_TEST", "event", RestApi.as(owner, "POST", events, "{\"event\":\"PUBLISH\"}"));
        RestApi.assertProblem(400, "FIELD_MISSING", "reason", RestApi.as(owner, "POST", events, "{\"event\":\"PUBLISH_IN_EMERGENCY\"}"));
        RestApi.assertProblem(400, "FIELD_INVALID", "event", RestApi.as(owner, "POST", events, "{\"event\":\"SUPERSEDE\"}"));
        assertEquals("RETIRED", RestApi.ok(RestApi.as(owner, "POST", events, "{\"event\":\"DISCARD\",\"reason\":\"a test\"}")).getString("state"));
        assertTrue(RestApi.ok(RestApi.as(owner, "GET", CATALOGUE + "/versions/emergencies", null)).containsKey("emergenciesOfAYear"));
    }

    /** What answers a call is code: v77 would be answered by v1's. */
    @Test
    default void aVersionThatNothingImplementsIsNotPublished() {
        String owner = RestApi.anOfficial(Contour.TEST, Role.SERVICE_OWNER);
        String events = CATALOGUE + "/versions/" + RestApi.created(RestApi.as(owner, "POST", CATALOGUE + "/services/headcount/versions", "{\"version\":\"v77\"}")).getString("id") + "/events";
        RestApi.assertProblem(409, "VERSION_NOT_IMPLEMENTED", "version", RestApi.as(owner, "POST", events, "{\"event\":\"PUBLISH\"}"));
        // One of the major version that is: refused for its missing contract alone.
        String minor = CATALOGUE + "/versions/" + RestApi.created(RestApi.as(owner, "POST", CATALOGUE + "/services/headcount/versions", "{\"version\":\"v1.77\"}")).getString("id") + "/events";
        assertTrue(RestApi.as(owner, "POST", minor, "{\"event\":\"PUBLISH\"}").text().contains("CONTRACT_MISSING"));
        for (String draft : List.of(events, minor)) {
            assertEquals("RETIRED", RestApi.ok(RestApi.as(owner, "POST", draft, "{\"event\":\"DISCARD\",\"reason\":\"a test\"}")).getString("state"));
        }
    }

    @Test
    default void anEntryIsDescribedConfirmedAndNotOverwritten() {
        String owner = RestApi.anOfficial(Contour.PRODUCTION, Role.SERVICE_OWNER);
        String path = CATALOGUE + "/services/incomeStatement";
        int revision = RestApi.ok(RestApi.as(owner, "GET", path, null)).getInt("revision");
        String entry = Json.createObjectBuilder().add("after", revision).add("descriptions", Json.createObjectBuilder().add("ru", "Доходы").add("ky", "Киреше").add("en", "Income"))
                .add("protocol", "SOAP 1.1, X-Road 4.0").add("ownerUnit", "A unit").build().toString();
        assertEquals(403, RestApi.as(RestApi.anOfficial(Contour.PRODUCTION, Role.OPERATOR), "POST", path, entry).status());
        RestApi.assertProblem(403, "CATALOGUE_BY_PRODUCTION", "contour", RestApi.as(RestApi.anOfficial(Contour.TEST, Role.SERVICE_OWNER), "POST", path, entry));
        JsonObject described = RestApi.ok(RestApi.as(owner, "POST", path, entry));
        assertEquals(revision + 1, described.getInt("revision"));
        assertFalse(described.getBoolean("stale"));
        RestApi.assertProblem(409, "ENTRY_CHANGED_MEANWHILE", "after", RestApi.as(owner, "POST", path, entry));
        RestApi.ok(RestApi.as(owner, "POST", path + "/events", "{\"event\":\"CONFIRM\",\"revision\":" + (revision + 1) + "}"));
        RestApi.assertProblem(422, "EXCHANGE_CATALOGUE_NOT_SET", null, RestApi.as(owner, "POST", CATALOGUE + "/comparisons", ""));
        assertTrue(RestApi.ok(RestApi.as(owner, "GET", CATALOGUE + "/tasks", null)).containsKey("tasks"));
    }

    @Test
    default void textsAreReadByEverybodyAndPublishedByOfficials() {
        String owner = RestApi.anOfficial(Contour.PRODUCTION, Role.SERVICE_OWNER);
        String texts = CATALOGUE + "/texts";
        byte[] content = "Форма заявки".getBytes(StandardCharsets.UTF_8);
        String particulars = "?kind=REQUEST_FORM&version=1&dated=2026-01-01&language=RU&title=Form&fileName=form.txt";
        assertEquals(401, Server.send("POST", texts + particulars, content, Map.of("Content-Type", "application/octet-stream")).status());
        assertEquals(403, Server.upload(texts + particulars, RestApi.anAccount(Role.AUDITOR, Contour.TEST, null), RestApi.PASSWORD, content).status());
        RestApi.created(Server.upload(texts + particulars, owner, RestApi.PASSWORD, content));
        RestApi.assertProblem(409, "TEXT_PUBLISHED_ALREADY", "version", Server.upload(texts + particulars, owner, RestApi.PASSWORD, content));
        assertFalse(RestApi.ok(Server.api("GET", texts, null, null, null)).getJsonArray("texts").isEmpty());
        Server.Response read = Server.api("GET", texts + "/REQUEST_FORM/1/RU", null, null, null);
        assertEquals(200, read.status(), read::text);
        assertEquals("Форма заявки", read.text());
        RestApi.assertProblem(404, "NOT_FOUND", "text", Server.api("GET", texts + "/REQUEST_FORM/1/KY", null, null, null));
        RestApi.assertProblem(400, "FIELD_INVALID", "version", Server.api("GET", texts + "/REQUEST_FORM/%27--/RU", null, null, null));
    }
}
