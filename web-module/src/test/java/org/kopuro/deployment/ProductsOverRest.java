package org.kopuro.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.LocalDate;
import java.util.UUID;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.kopuro.access.ConnectionEvent;
import org.kopuro.accounts.Role;
import org.kopuro.kernel.Contour;
import org.kopuro.testing.Scene;

/** Products, licences and exemptions over REST. */
interface ProductsOverRest {

    String PRODUCTS = "/api/v1/access/products";
    String EXEMPTIONS = "/api/v1/access/exemptions";
    byte[] LICENCE = "Licensed.".getBytes(StandardCharsets.UTF_8);

    private static String product(String name) {
        return Json.createObjectBuilder().add("name", name).add("kind", "INFORMATION_SYSTEM").add("developer", "A Maker").add("rightsHolder", "A Holder").add("role", "LICENSEE").build()
                .toString();
    }

    private static String licence(String more) {
        return "/documents?kind=RIGHT_TO_USE&issuer=A+Holder&fileName=licence.txt" + more;
    }

    @Test
    default void aParticipantBringsItsProductAndItsLicencesAndNobodyElses() {
        Scene scene = new Scene(Contour.TEST);
        String administrator = AccessOverRest.administratorOf(scene, Contour.TEST);
        String stranger = AccessOverRest.administratorOf(new Scene(Contour.TEST), Contour.TEST);
        JsonObject added = RestApi.created(RestApi.as(administrator, "POST", PRODUCTS, product("Bank")));
        assertEquals(scene.participant.id().value().toString(), added.getString("participant"));
        String path = PRODUCTS + "/" + added.getString("id");
        JsonObject licence = RestApi.created(Server.upload(path + licence("&number=1&issuedOn=2024-01-31&validTo=2999-12-31"), administrator, RestApi.PASSWORD, LICENCE));
        assertEquals("2024-01-31 2999-12-31", licence.getString("validFrom") + " " + licence.getString("validTo"));
        String file = path + "/documents/" + licence.getString("id");
        assertEquals("Licensed.", RestApi.as(administrator, "GET", file, null).text());
        RestApi.assertProblem(404, "NOT_FOUND", "product", RestApi.as(stranger, "GET", path, null));
        RestApi.assertProblem(404, "NOT_FOUND", "product", RestApi.as(stranger, "GET", file, null));
        RestApi.assertProblem(404, "NOT_FOUND", "product", Server.upload(path + licence("&number=2&issuedOn=2024-01-31"), stranger, RestApi.PASSWORD, LICENCE));
        RestApi.assertProblem(404, "NOT_FOUND", "product", RestApi.as(stranger, "POST", file + "/events", "{\"event\":\"WITHDRAW\",\"reason\":\"x\"}"));
        assertEquals(0, RestApi.ok(RestApi.as(stranger, "GET", PRODUCTS, null)).getJsonArray("products").size());
        assertTrue(RestApi.ok(RestApi.as(administrator, "POST", file + "/events", "{\"event\":\"WITHDRAW\",\"reason\":\"replaced\"}")).getJsonArray("documents").getJsonObject(0)
                .containsKey("withdrawnAt"));
        RestApi.assertProblem(409, "TRANSITION_NOT_ALLOWED", "event", RestApi.as(administrator, "POST", file + "/events", "{\"event\":\"WITHDRAW\",\"reason\":\"again\"}"));
        assertEquals(3, RestApi.ok(RestApi.as(administrator, "GET", path, null)).getJsonArray("history").size());
    }

    @Test
    default void whatIsWrongWithALicenceIsSaid() {
        String administrator = AccessOverRest.administratorOf(new Scene(Contour.TEST), Contour.TEST);
        String path = PRODUCTS + "/" + RestApi.created(RestApi.as(administrator, "POST", PRODUCTS, product("Bank"))).getString("id");
        RestApi.assertProblem(409, "PRODUCT_NAME_TAKEN", "name", RestApi.as(administrator, "POST", PRODUCTS, product("Bank")));
        RestApi.assertProblem(400, "FIELD_UNKNOWN", "participant", RestApi.as(administrator, "POST", PRODUCTS, "{\"participant\":\"" + UUID.randomUUID() + "\"," + product("X").substring(1)));
        RestApi.assertProblem(400, "FIELD_INVALID", "kind", Server.upload(path + "/documents?kind=RIGHT&issuedOn=2024-01-31", administrator, RestApi.PASSWORD, LICENCE));
        RestApi.assertProblem(400, "FIELD_MISSING", "number", Server.upload(path + licence("&issuedOn=2024-01-31"), administrator, RestApi.PASSWORD, LICENCE));
        RestApi.assertProblem(400, "FIELD_INVALID", "validTo", Server.upload(path + licence("&number=1&issuedOn=2024-01-31&validTo=2024-01-30"), administrator, RestApi.PASSWORD, LICENCE));
        RestApi.assertProblem(422, "PRODUCT_DOCUMENT_OVER", "validTo",
                Server.upload(path + licence("&number=1&issuedOn=2024-01-31&validTo=2024-12-31"), administrator, RestApi.PASSWORD, LICENCE));
        RestApi.created(Server.upload(path + licence("&number=1&issuedOn=2024-01-31"), administrator, RestApi.PASSWORD, LICENCE));
        RestApi.assertProblem(409, "PRODUCT_DOCUMENT_NUMBER_TAKEN", "number", Server.upload(path + licence("&number=1&issuedOn=2024-01-31"), administrator, RestApi.PASSWORD, LICENCE));
        RestApi.assertProblem(413, "DOCUMENT_TOO_LARGE", "file",
                Server.upload(path + licence("&number=2&issuedOn=2024-01-31"), administrator, RestApi.PASSWORD, new byte[100 * 1024 * 1024]));
        RestApi.assertProblem(422, "DOCUMENT_EXPANDS_TOO_FAR", "file",
                Server.upload(path + licence("&number=2&issuedOn=2024-01-31").replace(".txt", ".docx"), administrator, RestApi.PASSWORD, bomb()));
        assertEquals(1, RestApi.ok(RestApi.as(administrator, "GET", path, null)).getJsonArray("documents").size());
    }

    /** A few kilobytes, by their list of contents a document, that are sixty-four megabytes. */
    private static byte[] bomb() {
        ByteArrayOutputStream bomb = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bomb)) {
            zip.putNextEntry(new ZipEntry("[Content_Types].xml"));
            zip.write("<Types><Override ContentType='application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml'/></Types>".getBytes(StandardCharsets.US_ASCII));
            zip.closeEntry();
            zip.putNextEntry(new ZipEntry("word/document.xml"));
            zip.write(new byte[64 * 1024 * 1024]);
            zip.closeEntry();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bomb.toByteArray();
    }

    @Test
    default void aRequestWithoutTheLicencesIsNotGrantedAndRefusedWithEachOfThem() {
        Scene scene = new Scene(Contour.TEST);
        scene.apply(ConnectionEvent.DISCONNECT);
        String operator = RestApi.anAccount(Role.OPERATOR, Contour.TEST, null);
        String administrator = AccessOverRest.administratorOf(scene, Contour.TEST);
        String product = RestApi.created(RestApi.as(administrator, "POST", PRODUCTS, product("Bank"))).getString("id");
        JsonObject request = RestApi.created(RestApi.as(administrator, "POST", AccessOverRest.REQUESTS,
                AccessOverRest.naming(product, AccessOverRest.wish(scene.subsystem.id().value().toString(), "headcount")).build().toString()));
        assertEquals(product, request.getJsonArray("products").getJsonObject(0).getString("product"));
        String path = AccessOverRest.REQUESTS + "/" + request.getString("id");
        RestApi.ok(RestApi.as(operator, "POST", path + "/events", "{\"event\":\"CONFIRM\"}"));
        AccessOverRest.tickAll(operator, path);
        RestApi.assertProblem(409, "PRODUCT_DOCUMENTS_MISSING", "products", RestApi.as(operator, "POST", path + "/events", "{\"event\":\"GRANT\",\"reason\":\"in order\"}"));
        JsonObject refused = RestApi.ok(RestApi.as(operator, "POST", path + "/events", "{\"event\":\"REFUSE\"}"));
        assertEquals(3, refused.getJsonArray("causes").size());
        assertTrue(refused.getJsonArray("causes").toString().contains("003 §8"));
    }

    @Test
    default void anExemptionIsRecordedByOneAndConfirmedByAnother() {
        Scene scene = new Scene(Contour.TEST);
        scene.apply(ConnectionEvent.DISCONNECT);
        String inTest = RestApi.anAccount(Role.OPERATOR, Contour.TEST, null);
        String operator = RestApi.anAccount(Role.OPERATOR, Contour.PRODUCTION, null);
        String approver = RestApi.anAccount(Role.APPROVER, Contour.PRODUCTION, null);
        String participant = scene.participant.id().value().toString();
        String basis = EXEMPTIONS + "?participant=" + participant + "&procedure=KG-147&ground=STATE_BODY&number=12&issuedOn=" + LocalDate.now(Clock.systemUTC()).minusDays(1)
                + "&text=A+ministry&fileName=decree.txt";
        assertEquals(403, Server.upload(basis, approver, RestApi.PASSWORD, LICENCE).status());
        RestApi.assertProblem(403, "EXEMPTION_BY_PRODUCTION", "contour", Server.upload(basis, inTest, RestApi.PASSWORD, LICENCE));
        RestApi.assertProblem(422, "EXEMPTION_GROUND_NOT_LISTED", "ground", Server.upload(basis.replace("STATE_BODY", "X"), operator, RestApi.PASSWORD, LICENCE));
        String path = EXEMPTIONS + "/" + RestApi.created(Server.upload(basis, operator, RestApi.PASSWORD, LICENCE)).getString("id");
        assertEquals(403, RestApi.as(operator, "POST", path + "/events", "{\"event\":\"CONFIRM\",\"reason\":\"x\"}").status());
        assertEquals("IN_FORCE", RestApi.ok(RestApi.as(approver, "POST", path + "/events", "{\"event\":\"CONFIRM\",\"reason\":\"in order\"}")).getString("state"));
        assertEquals("Licensed.", RestApi.as(operator, "GET", path + "/document", null).text());
        assertEquals(1, RestApi.ok(RestApi.as(operator, "GET", EXEMPTIONS + "?participant=" + participant, null)).getJsonArray("exemptions").size());
        JsonObject request = RestApi.created(RestApi.as(inTest, "POST", AccessOverRest.REQUESTS,
                AccessOverRest.letter(participant, scene.subsystem.id().value().toString(), "headcount").build().toString()));
        String events = AccessOverRest.REQUESTS + "/" + request.getString("id") + "/events";
        RestApi.ok(RestApi.as(inTest, "POST", events, "{\"event\":\"CONFIRM\"}"));
        assertEquals("GRANTED", RestApi.ok(RestApi.as(inTest, "POST", events, "{\"event\":\"GRANT\",\"reason\":\"exempt\"}")).getString("state"));
        assertEquals("ENDED", RestApi.ok(RestApi.as(operator, "POST", path + "/events", "{\"event\":\"END\",\"reason\":\"over\"}")).getString("state"));
    }
}
