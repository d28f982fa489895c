package org.kopuro.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.kopuro.access.ConnectionEvent;
import org.kopuro.access.ConnectionView;
import org.kopuro.access.Connections;
import org.kopuro.access.credentials.Credentials;
import org.kopuro.access.credentials.LinkView;
import org.kopuro.access.duties.ReportKind;
import org.kopuro.accounts.Role;
import org.kopuro.kernel.Contour;
import org.kopuro.notices.Notices;
import org.kopuro.testing.Scene;
import org.kopuro.testing.TestCertificates;

/** A participant's way from the letter of its grant to the calls of its programs, and their end, over REST. */
interface CredentialsOverRest {

    String LINK = "/api/v1/credentials";
    String ACCOUNTS = "/api/v1/access/accounts";
    String CERTIFICATES = "/api/v1/access/certificates";
    String PLATFORM = "RU-422-696";

    @Test
    default void fromTheLetterOfAGrantToTheFirstCallOfAProgramAndToItsEnd() {
        Scene scene = new Scene(Contour.TEST, Participants.APPLICATION);
        ConnectionView platform = scene.connect(Contour.TEST, PLATFORM);
        scene.apply(connection(scene, Scene.PROCEDURE), Scene.change(ConnectionEvent.DISCONNECT));
        String operator = RestApi.anOfficial(Contour.TEST, Role.OPERATOR, Role.SECURITY_OFFICER);
        String approver = RestApi.anAccount(Role.APPROVER, Contour.TEST, null);
        AccessOverRest.connect(operator, scene.participant.id().value().toString(), scene.subsystem.id().value().toString(), "headcount");
        String take = Json.createObjectBuilder().add("token", token(scene)).add("login", "a.asanov").add("fullName", "Asan Asanov").build().toString();

        JsonObject administrator = RestApi.created(Server.api("POST", LINK, null, null, take));
        assertEquals("NODE_ADMINISTRATOR", administrator.getString("role"));
        RestApi.assertProblem(403, "LINK_NOT_VALID", null, Server.api("POST", LINK, null, null, take));
        JsonObject robot = RestApi.created(as(administrator, "POST", ACCOUNTS, "{\"login\":\"core\",\"fullName\":\"Core banking\",\"kind\":\"TECHNICAL\",\"role\":\"PARTICIPANT\"}"));
        assertEquals("core@" + scene.participant.id().value().toString().substring(0, 8) + ".test", robot.getString("login"));
        assertEquals(2, RestApi.ok(as(robot, "GET", "/api/v1/access/connections", null)).getJsonArray("connections").stream()
                .filter(one -> one.asJsonObject().getBoolean("passesCalls")).count());

        String path = ACCOUNTS + "/" + robot.getString("id");
        JsonObject renewed = RestApi.created(as(robot, "POST", path + "/secrets", "{\"overlapHours\":1,\"reason\":\"as every month\"}"));
        RestApi.ok(as(robot, "GET", "/api/v1/access/connections", null));
        RestApi.assertProblem(403, "SECRET_REPLACED", null, as(robot, "POST", path + "/secrets", "{\"overlapHours\":1,\"reason\":\"by a thief\"}"));
        RestApi.ok(as(administrator, "POST", path + "/events", "{\"event\":\"REVOKE_SECRET\",\"secret\":1,\"reason\":\"leaked\"}"));
        assertEquals(401, as(robot, "GET", "/api/v1/access/connections", null).status());
        RestApi.ok(as(renewed, "GET", "/api/v1/access/connections", null));
        JsonObject told = RestApi.ok(as(administrator, "GET", path, null));
        assertEquals(List.of("CREATE", "ISSUE_SECRET", "ISSUE_SECRET", "REVOKE_SECRET"), told.getJsonArray("history").stream().map(one -> one.asJsonObject().getString("event")).toList());
        assertFalse(told.toString().contains(renewed.getString("secret").substring(2)));

        scene.report(ReportKind.LIQUIDATION, Contour.TEST);
        JsonObject ofOne = proposed(event(operator, connection(scene, Scene.PROCEDURE), "{\"event\":\"LIQUIDATE\",\"reason\":\"one of two\"}"));
        approve(approver, ofOne);
        RestApi.ok(as(renewed, "GET", "/api/v1/access/connections", null));
        JsonObject ofTheOther = proposed(event(operator, platform, "{\"event\":\"FORCE_DISCONNECTION\",\"ground\":\"BREACH\",\"reason\":\"a breach\"}"));
        RestApi.ok(as(renewed, "GET", "/api/v1/access/connections", null));
        approve(approver, ofTheOther);
        assertEquals(401, as(renewed, "GET", "/api/v1/access/connections", null).status());
        assertEquals(401, as(administrator, "GET", ACCOUNTS, null).status());
        assertTrue(RestApi.ok(RestApi.as(operator, "GET", ACCOUNTS + "?participant=" + scene.participant.id().value(), null)).getJsonArray("accounts").stream()
                .allMatch(one -> one.asJsonObject().getString("state").equals("ENDED")));
        assertEquals("ENDED", RestApi.ok(RestApi.as(operator, "GET", CERTIFICATES + "?participant=" + scene.participant.id().value(), null)).getJsonArray("certificates")
                .getJsonObject(0).getString("state"));
    }

    @Test
    default void anAdministratorLooksAfterItsNodeAndNothingElse() {
        Scene scene = new Scene(Contour.TEST, Participants.APPLICATION);
        String operator = RestApi.anAccount(Role.OPERATOR, Contour.TEST, null);
        JsonObject link = RestApi.created(RestApi.as(operator, "POST", "/api/v1/access/credential-links", "{\"participant\":\"" + scene.participant.id().value() + "\"}"));
        String token = token(scene);
        assertFalse(link.toString().contains(token));
        JsonObject administrator = RestApi.created(Server.api("POST", LINK, null, null,
                Json.createObjectBuilder().add("token", token).add("login", "admin").add("fullName", "A Person").build().toString()));
        assertEquals("REDEEMED", RestApi.ok(RestApi.as(operator, "GET", "/api/v1/access/credential-links?participant=" + scene.participant.id().value(), null)).getJsonArray("links")
                .getJsonObject(0).getString("state"));
        for (String path : List.of("/api/v1/access/obligations", "/api/v1/access/proposals", "/api/v1/access/credential-links", CERTIFICATES + "/expiring", "/api/v1/admin/participants",
                "/api/v1/tokens")) {
            assertEquals(403, as(administrator, "GET", path, null).status(), path);
        }
        String stranger = UUID.randomUUID().toString();
        RestApi.assertProblem(404, "NOT_FOUND", "account", as(administrator, "POST", ACCOUNTS + "/" + stranger + "/events", "{\"event\":\"BLOCK\",\"reason\":\"x\"}"));
        RestApi.assertProblem(409, "OWN_ACCOUNT", "account", as(administrator, "POST", ACCOUNTS + "/" + administrator.getString("id") + "/events", "{\"event\":\"DELETE\",\"reason\":\"x\"}"));
        RestApi.assertProblem(422, "ROLE_OF_ANOTHER_SIDE", "role", as(administrator, "POST", ACCOUNTS, "{\"login\":\"mole\",\"fullName\":\"x\",\"kind\":\"PERSONAL\",\"role\":\"OPERATOR\"}"));
        RestApi.assertProblem(400, "FIELD_INVALID", "login", as(administrator, "POST", ACCOUNTS, "{\"login\":\"a b\",\"fullName\":\"x\",\"kind\":\"PERSONAL\",\"role\":\"PARTICIPANT\"}"));
        RestApi.assertProblem(409, "LOGIN_TAKEN", "login", as(administrator, "POST", ACCOUNTS, "{\"login\":\"admin\",\"fullName\":\"x\",\"kind\":\"PERSONAL\",\"role\":\"PARTICIPANT\"}"));
        RestApi.assertProblem(400, "FIELD_INVALID", "event", as(administrator, "POST", ACCOUNTS + "/" + stranger + "/events", "{\"event\":\"END\",\"reason\":\"x\"}"));
        RestApi.assertProblem(400, "FIELD_MISSING", "overlapHours", as(administrator, "POST", ACCOUNTS + "/" + stranger + "/secrets", "{\"reason\":\"x\"}"));
        RestApi.assertProblem(400, "FIELD_INVALID", "overlapHours", as(administrator, "POST", ACCOUNTS + "/" + stranger + "/secrets", "{\"overlapHours\":999,\"reason\":\"x\"}"));

        TestCertificates.Identity identity = TestCertificates.elliptic(Clock.systemUTC().instant());
        String pem = "-----BEGIN CERTIFICATE-----\n" + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(identity.der()) + "\n-----END CERTIFICATE-----\n";
        JsonObject challenge = RestApi.created(as(administrator, "POST", CERTIFICATES + "/challenges",
                Json.createObjectBuilder().add("subsystem", scene.subsystem.id().value().toString()).add("purpose", "SIGNING").add("pem", pem).build().toString()));
        byte[] text = challenge.getString("text").getBytes(StandardCharsets.UTF_8);
        RestApi.assertProblem(403, "POSSESSION_NOT_PROVED", "signature", as(administrator, "POST", CERTIFICATES,
                answer(challenge, pem, TestCertificates.detached(TestCertificates.elliptic(Clock.systemUTC().instant()), text))));
        RestApi.assertProblem(400, "FIELD_INVALID", "signature", as(administrator, "POST", CERTIFICATES,
                answer(challenge, pem, new byte[0]).replace("BEGIN CMS-----", "BEGIN CMS-----?")));
        JsonObject certificate = RestApi.created(as(administrator, "POST", CERTIFICATES, answer(challenge, pem, TestCertificates.detached(identity, text))));
        assertEquals("KEY", certificate.getString("proof"));
        RestApi.assertProblem(403, "CHALLENGE_NOT_VALID", "challenge", as(administrator, "POST", CERTIFICATES, answer(challenge, pem, TestCertificates.detached(identity, text))));
        String events = CERTIFICATES + "/" + certificate.getString("thumbprint") + "/events";
        assertEquals("BLOCKED", RestApi.ok(as(administrator, "POST", events, "{\"event\":\"BLOCK\",\"reason\":\"lost\"}")).getString("state"));
        RestApi.assertProblem(400, "FIELD_INVALID", "event", as(administrator, "POST", events, "{\"event\":\"UNBLOCK\",\"reason\":\"found\"}"));
        assertEquals(2, RestApi.ok(as(administrator, "GET", CERTIFICATES, null)).getJsonArray("certificates").size());
        String one = CERTIFICATES + "/" + certificate.getString("thumbprint");
        assertEquals(List.of("REGISTER of tests", "BLOCK lost"), RestApi.ok(RestApi.as(operator, "GET", one, null)).getJsonArray("history").getValuesAs(JsonObject.class).stream()
                .map(change -> change.getString("event") + " " + change.getString("reason")).toList());
        RestApi.assertProblem(404, "NOT_FOUND", "thumbprint", RestApi.as(AccessOverRest.administratorOf(new Scene(Contour.TEST, Participants.APPLICATION), Contour.TEST), "GET", one, null));
    }

    @Test
    default void nobodyElseAdministersANode() {
        String body = "{\"login\":\"robot\",\"fullName\":\"x\",\"kind\":\"TECHNICAL\",\"role\":\"PARTICIPANT\"}";
        Scene scene = new Scene(Contour.TEST, Participants.APPLICATION);
        for (String login : List.of(RestApi.anAccount(Role.OPERATOR, Contour.TEST, null), RestApi.anAccount(Role.APPROVER, Contour.TEST, null),
                RestApi.anAccount(Role.AUDITOR, Contour.TEST, null), RestApi.anAccount(Role.TAXPAYER, Contour.TEST, scene.inn), AccessOverRest.administratorOf(scene, Contour.TEST))) {
            assertEquals(403, RestApi.as(login, "POST", ACCOUNTS, body).status(), login);
            assertEquals(403, RestApi.as(login, "POST", CERTIFICATES, "{}").status(), login);
            assertEquals(403, RestApi.as(login, "POST", CERTIFICATES + "/challenges", "{}").status(), login);
        }
        assertEquals(401, Server.api("POST", ACCOUNTS, null, null, body).status());
        assertEquals(403, RestApi.as(RestApi.anAccount(Role.AUDITOR, Contour.TEST, null), "POST", "/api/v1/access/credential-links", "{}").status());
    }

    @Test
    default void theLinksPageIsThereAndItsTokenIsNeverInAPath() {
        Server.Response page = Server.send("GET", "/console/credentials/", null, Map.of());
        assertEquals(200, page.status());
        assertTrue(page.text().contains("page.js") && page.text().contains("default-src 'none'"), page::text);
        assertEquals(200, Server.send("GET", "/console/credentials/page.js", null, Map.of()).status());
        RestApi.assertProblem(400, "FIELD_MISSING", "token", Server.api("POST", LINK, null, null, "{}"));
        RestApi.assertProblem(403, "LINK_NOT_VALID", null, Server.api("POST", LINK, null, null, "{\"token\":\"" + "A".repeat(43) + "\",\"login\":\"guess\",\"fullName\":\"x\"}"));
    }

    private static String answer(JsonObject challenge, String pem, byte[] signature) {
        return Json.createObjectBuilder().add("challenge", challenge.getString("id")).add("pem", pem).add("reason", "of tests")
                .add("signature", "-----BEGIN CMS-----\n" + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(signature) + "\n-----END CMS-----\n").build().toString();
    }

    private static Server.Response as(JsonObject issued, String method, String path, String json) {
        return Server.api(method, path, issued.getString("login"), issued.getString("secret"), json);
    }

    private static Server.Response event(String operator, ConnectionView connection, String json) {
        return RestApi.as(operator, "POST", "/api/v1/access/connections/" + connection.id().value() + "/events", json);
    }

    private static JsonObject proposed(Server.Response response) {
        assertEquals(202, response.status(), response::text);
        return RestApi.json(response);
    }

    private static void approve(String approver, JsonObject proposal) {
        RestApi.ok(RestApi.as(approver, "POST", "/api/v1/access/proposals/" + proposal.getString("id") + "/events", "{\"event\":\"APPROVE\"}"));
    }

    private static ConnectionView connection(Scene scene, String procedure) {
        return scene.application.with(Connections.class, connections -> connections.of(scene.participant.id(), Contour.TEST)).stream()
                .filter(one -> one.procedure().equals(procedure)).findFirst().orElseThrow();
    }

    /** As the letter tells it: the nodes derive it from the same keys. */
    private static String token(Scene scene) {
        LinkView link = scene.application.with(Credentials.class, credentials -> credentials.links(scene.participant.id(), Contour.TEST)).get(0);
        return scene.application.with(Notices.class, notices -> notices.secretOf(link.notice()));
    }
}
