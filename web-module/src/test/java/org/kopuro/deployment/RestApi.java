package org.kopuro.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.StringReader;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.kopuro.accounts.Role;
import org.kopuro.consent.ConsentText;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.Inn;
import org.kopuro.kernel.Language;
import org.kopuro.participants.FaultDialect;
import org.kopuro.testing.Scene;
import org.kopuro.testing.TestAccounts;
import org.kopuro.testing.TestCertificates;

/** The authority's operator registers a participant, the taxpayer makes and ends a token: by their programs, over REST. */
interface RestApi {

    String PASSWORD = TestAccounts.PASSWORD;

    @Test
    default void takesAParticipantFromRegistrationToItsFirstCall() {
        String operator = anAccount(Role.OPERATOR, Contour.TEST, null);
        String code = "7" + UUID.randomUUID().toString().substring(0, 10);
        JsonObject participant = created(as(operator, "POST", "/api/v1/admin/participants", participant(code)));
        String subsystem = created(as(operator, "POST", "/api/v1/admin/participants/" + participant.getString("id") + "/subsystems",
                "{\"code\":\"app\",\"name\":\"Application\"}")).getString("id");
        TestCertificates.Identity identity = TestCertificates.elliptic(Clock.systemUTC().instant());
        created(as(operator, "POST", "/api/v1/admin/subsystems/" + subsystem + "/certificates", Json.createObjectBuilder().add("pem", pem(identity)).add("purpose", "SIGNING")
                .add("reason", "a letter of a test").build().toString()));
        AccessOverRest.connect(operator, participant.getString("id"), subsystem, "tpDataByINN");
        String right = ok(as(operator, "GET", "/api/v1/admin/subsystems/" + subsystem + "/access-rights", null)).getJsonArray("accessRights").getJsonObject(0).getString("id");

        Scene scene = Participants.speaking(FaultDialect.CAMEL_CASE);
        String taxpayer = anAccount(Role.TAXPAYER, Contour.TEST, scene.inn);
        String lastDay = LocalDate.now(Clock.systemUTC()).plusDays(30).toString();
        JsonObject token = created(as(taxpayer, "POST", "/api/v1/tokens",
                "{\"subsystem\":\"central-server/COM/" + code + "/app\",\"lastDay\":\"" + lastDay + "\",\"services\":[\"tpDataByINN\"]," + read(Language.KY) + "}"));
        assertEquals("ACTIVE", token.getString("state"));

        TaxMessage call = TaxMessage.of(scene).service("tpDataByINN").token(token.getString("token"));
        String from = scene.participant.memberCode();
        assertEquals(scene.inn.digits(), SoapAnswer.of(Server.soap(call.replace(from, code).signedBy(identity))).value("inn"));

        JsonObject listed = ok(as(taxpayer, "GET", "/api/v1/tokens", null)).getJsonArray("tokens").getJsonObject(0);
        assertEquals(token.getString("id"), listed.getString("id"));
        assertFalse(listed.containsKey("token"));
        assertTrue(listed.containsKey("firstUsedAt"));
        assertEquals("REVOKED", ok(as(taxpayer, "POST", "/api/v1/tokens/" + token.getString("id") + "/deactivate", "")).getString("state"));
        TaxMessage again = TaxMessage.of(scene).service("tpDataByINN").token(token.getString("token"));
        assertEquals("CONSENT_REVOKED", SoapAnswer.of(Server.soap(again.replace(from, code).signedBy(identity))).value("faultCode"));
        assertProblem(409, "TRANSITION_NOT_ALLOWED", "event", as(taxpayer, "POST", "/api/v1/tokens/" + token.getString("id") + "/deactivate", ""));

        assertEquals("REVOKED", ok(as(operator, "POST", "/api/v1/admin/access-rights/" + right + "/events", "{\"event\":\"REVOKE\",\"reason\":\"over\"}")).getString("state"));
        assertEquals("ACCESS_RIGHT_MISSING", SoapAnswer.of(Server.soap(TaxMessage.of(scene).service("tpDataByINN").replace(from, code).signedBy(identity))).refusalCode());
    }

    @Test
    default void isClosedToEverybodyWithoutTheRightRole() {
        String operator = anAccount(Role.OPERATOR, Contour.TEST, null);
        String taxpayer = anAccount(Role.TAXPAYER, Contour.TEST, Participants.speaking(FaultDialect.CAMEL_CASE).inn);
        for (String path : new String[] {"/api/v1/tokens", "/api/v1/tokens/x", "/api/v1/admin/participants", "/api/v1/nothing", "/api/v1/admin/../tokens"}) {
            assertEquals(401, Math.min(401, Server.api("GET", path, null, null, null).status()), path);
        }
        assertEquals(401, Server.api("GET", "/api/v1/tokens", taxpayer, "wrong", null).status());
        assertEquals(403, as(taxpayer, "GET", "/api/v1/admin/participants", null).status());
        assertEquals(403, as(operator, "GET", "/api/v1/tokens", null).status());
        assertEquals(200, as(operator, "GET", "/api/v1/admin/participants", null).status());
        assertTrue(as(taxpayer, "GET", "/api/v1/admin/participants", null).text().contains("\"code\":\"FORBIDDEN\""));
    }

    @Test
    default void keepsContoursApart() {
        String operator = anAccount(Role.OPERATOR, Contour.PRODUCTION, null);
        Scene test = Participants.speaking(FaultDialect.CAMEL_CASE);
        assertProblem(404, "NOT_FOUND", "thumbprint", as(operator, "POST", "/api/v1/admin/certificates/" + test.certificate.thumbprint() + "/events",
                "{\"event\":\"BLOCK\",\"reason\":\"x\"}"));
        assertProblem(404, "NOT_FOUND", "connection", as(operator, "GET", "/api/v1/access/connections/" + test.connection().id().value(), null));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "400 | BODY_NOT_JSON | | not json",
        "400 | BODY_NOT_JSON | | []",
        "400 | BODY_NOT_JSON | | {\"language\":\"RU\",\"language\":\"KY\"}",
        "400 | BODY_NOT_JSON | | ''",
        "400 | FIELD_MISSING | subsystem | {}",
        "400 | FIELD_UNKNOWN | service | {\"subsystem\":\"central-server/COM/%s/app\",\"lastDay\":\"2099-01-01\",\"services\":[\"tpDataByINN\"],#read,\"service\":1}",
        "400 | FIELD_INVALID | subsystem | {\"subsystem\":7}",
        "400 | FIELD_INVALID | subsystem | {\"subsystem\":\"one/two\"}",
        "404 | NOT_FOUND | subsystem | {\"subsystem\":\"central-server/COM/nobody/app\"}",
        "400 | FIELD_INVALID | lastDay | {\"subsystem\":\"central-server/COM/%s/app\",\"lastDay\":\"soon\",\"services\":[],\"language\":\"RU\"}",
        "400 | FIELD_MISSING | services | {\"subsystem\":\"central-server/COM/%s/app\",\"lastDay\":\"2099-01-01\",\"services\":[],#read}",
        "400 | FIELD_INVALID | services | {\"subsystem\":\"central-server/COM/%s/app\",\"lastDay\":\"2099-01-01\",\"services\":[1],\"language\":\"RU\"}",
        "400 | FIELD_INVALID | language | {\"subsystem\":\"central-server/COM/%s/app\",\"lastDay\":\"2099-01-01\",\"services\":[\"tpDataByINN\"],\"language\":\"DE\"}",
        "400 | FIELD_MISSING | textVersion | {\"subsystem\":\"central-server/COM/%s/app\",\"lastDay\":\"2099-01-01\",\"services\":[\"tpDataByINN\"],\"language\":\"RU\"}",
        "400 | FIELD_MISSING | textSha256 | {\"subsystem\":\"central-server/COM/%s/app\",\"lastDay\":\"2099-01-01\",\"services\":[\"tpDataByINN\"],\"language\":\"RU\",\"textVersion\":\"1\"}",
        "422 | EXPIRY_TOO_LATE | lastDay | {\"subsystem\":\"central-server/COM/%s/app\",\"lastDay\":\"2099-01-01\",\"services\":[\"tpDataByINN\"],#read}",
        "422 | SERVICE_CANNOT_BE_LISTED | services | {\"subsystem\":\"central-server/COM/%s/app\",\"lastDay\":\"2026-12-31\",\"services\":[\"'; --\"],#read}",
    })
    default void saysWhatIsWrongWithARequest(int status, String code, String field, String body) {
        Scene scene = Participants.speaking(FaultDialect.CAMEL_CASE);
        String taxpayer = anAccount(Role.TAXPAYER, Contour.TEST, scene.inn);
        assertProblem(status, code, field, as(taxpayer, "POST", "/api/v1/tokens", body.replace("%s", scene.participant.memberCode()).replace("#read", read(Language.RU))));
    }

    /** What a client says of the text that it has shown. */
    static String read(Language language) {
        ConsentText text = ConsentText.in(language);
        return "\"language\":\"" + language + "\",\"textVersion\":\"" + text.version() + "\",\"textSha256\":\"" + text.digest() + "\"";
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /api/v1/tokens/%27%20or%201=1, 404, NOT_FOUND, ", "POST, /api/v1/tokens/%3Cscript%3E/deactivate, 404, NOT_FOUND, ", "GET, /api/v1/tokens?before=%27--, 400, FIELD_INVALID, before",
        "GET, /api/v1/tokens?before=, 400, FIELD_MISSING, before", "GET, /api/v1/tokens?limit=9999999999, 400, FIELD_INVALID, limit",
        "GET, /api/v1/usage?before=x, 400, FIELD_INVALID, before", "PATCH, /api/v1/tokens, 405, METHOD_NOT_ALLOWED, ", "GET, /api/v1/nothing, 403, FORBIDDEN, ",
    })
    default void saysWhatIsWrongWithAnAddress(String method, String path, int status, String code, String field) {
        String taxpayer = anAccount(Role.TAXPAYER, Contour.TEST, Participants.speaking(FaultDialect.CAMEL_CASE).inn);
        Server.Response response = as(taxpayer, method, path, method.equals("POST") ? "" : null);
        assertProblem(status, code, field, response);
        assertFalse(response.text().contains("Exception"), response::text);
    }

    @Test
    default void takesNumbersForWhatTheyAre() {
        String taxpayer = anAccount(Role.TAXPAYER, Contour.TEST, Participants.speaking(FaultDialect.CAMEL_CASE).inn);
        ok(as(taxpayer, "GET", "/api/v1/tokens?limit=-1", null));
        ok(as(taxpayer, "GET", "/api/v1/tokens", null));
    }

    @Test
    default void keepsMetacharactersInNamesAndContactsAsText() {
        String operator = anAccount(Role.OPERATOR, Contour.TEST, null);
        String hostile = "'; drop table x; --<script>&{0}${jndi:x}";
        String body = participant("7" + UUID.randomUUID().toString().substring(0, 10)).replace("ОсОО «Сыноо»", hostile).replace("A Person", hostile).replace("Engineer", hostile);
        JsonObject registered = created(as(operator, "POST", "/api/v1/admin/participants", body));
        JsonObject shown = ok(as(operator, "GET", "/api/v1/admin/participants/" + registered.getString("id"), null));
        assertEquals(hostile, shown.getString("fullName"));
        assertEquals(hostile, shown.getJsonArray("contacts").getJsonObject(0).getString("post"));
        String subsystems = "/api/v1/admin/participants/" + registered.getString("id") + "/subsystems";
        assertEquals(hostile, created(as(operator, "POST", subsystems, "{\"code\":\"" + hostile + "\",\"name\":\"" + hostile + "\"}")).getString("code"));
        assertProblem(422, "CERTIFICATE_UNREADABLE", "pem", as(operator, "POST", "/api/v1/admin/subsystems/" + UUID.randomUUID() + "/certificates",
                "{\"pem\":\"" + hostile + "\"}"));
        assertProblem(400, "FIELD_INVALID", "thumbprint", as(operator, "POST", "/api/v1/admin/certificates/%27--/events", "{\"event\":\"BLOCK\",\"reason\":\"" + hostile + "\"}"));
    }

    @Test
    default void refusesLargeAndDeepBodies() {
        String taxpayer = anAccount(Role.TAXPAYER, Contour.TEST, Participants.speaking(FaultDialect.CAMEL_CASE).inn);
        assertProblem(413, "REQUEST_TOO_LARGE", "body", as(taxpayer, "POST", "/api/v1/tokens", "{\"a\":\"" + "x".repeat(200_000) + "\"}"));
        assertProblem(400, "BODY_NOT_JSON", null, as(taxpayer, "POST", "/api/v1/tokens", "{\"a\":" + "[".repeat(30_000)));
        assertEquals(415, Server.send("POST", "/api/v1/tokens", "<x/>".getBytes(java.nio.charset.StandardCharsets.US_ASCII),
                java.util.Map.of("Content-Type", "text/xml", "Authorization", "Basic " + Base64.getEncoder().encodeToString((taxpayer + ":" + PASSWORD)
                        .getBytes(java.nio.charset.StandardCharsets.UTF_8)))).status());
    }

    @Test
    default void locksAnAccountAfterFiveWrongPasswords() {
        String taxpayer = anAccount(Role.TAXPAYER, Contour.TEST, Participants.speaking(FaultDialect.CAMEL_CASE).inn);
        for (int i = 0; i < 5; i++) {
            assertEquals(401, Server.api("GET", "/api/v1/tokens", taxpayer, "wrong", null).status());
        }
        assertEquals(401, as(taxpayer, "GET", "/api/v1/tokens", null).status());
    }

    @Test
    default void showsTheCatalogueToEverybody() {
        JsonObject catalogue = ok(Server.api("GET", "/api/v1/services", null, null, null));
        JsonObject income = catalogue.getJsonArray("services").getValuesAs(JsonObject.class).stream()
                .filter(service -> service.getString("code").equals("incomeStatement")).findFirst().orElseThrow();
        assertEquals("REQUIRED", income.getString("tokenRule"));
        assertFalse(income.getBoolean("selfCall"));
        assertEquals(90, income.getInt("validityDays"));
        assertEquals(3, income.getJsonObject("titles").size());
    }

    static String anAccount(Role role, Contour contour, Inn inn) {
        return TestAccounts.make(contour, Optional.ofNullable(inn), Optional.empty(), role);
    }

    static String anOfficial(Contour contour, Role... roles) {
        return TestAccounts.make(contour, Optional.empty(), Optional.empty(), roles);
    }

    static Server.Response as(String login, String method, String path, String json) {
        return Server.api(method, path, login, PASSWORD, json);
    }

    static JsonObject created(Server.Response response) {
        assertEquals(201, response.status(), response::text);
        return json(response);
    }

    static JsonObject ok(Server.Response response) {
        assertEquals(200, response.status(), response::text);
        return json(response);
    }

    static void assertProblem(int status, String code, String field, Server.Response response) {
        assertEquals(status, response.status(), response::text);
        assertTrue(response.contentType().startsWith("application/problem+json"), response.contentType());
        JsonObject problem = json(response);
        assertEquals(code, problem.getString("code"));
        assertEquals(field == null || field.isBlank() ? null : field, problem.getString("field", null));
        assertTrue(problem.getString("detail").length() > 10 && problem.getString("whatToDo").length() > 10 && problem.containsKey("occurrence"));
    }

    static JsonObject json(Server.Response response) {
        try (JsonReader reader = Json.createReader(new StringReader(response.text()))) {
            return reader.readObject();
        }
    }

    private static String participant(String code) {
        return """
                {"instance":"central-server","memberClass":"COM","memberCode":"%s","kind":"LEGAL_PERSON","fullName":"ОсОО «Сыноо»","inn":"03002202000001",
                 "noticeEmail":"notices@example.kg","language":"KY","faultDialect":"SNAKE_CASE",
                 "contacts":[{"fullName":"A Person","unit":"IT","post":"Engineer","email":"a@example.kg","phone":"+996 312 000000"}]}""".formatted(code);
    }

    private static String pem(TestCertificates.Identity identity) {
        return "-----BEGIN CERTIFICATE-----\n" + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(identity.der()) + "\n-----END CERTIFICATE-----\n";
    }
}
