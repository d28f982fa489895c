package org.kopuro.deployment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.text.ParseException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.kopuro.accounts.AccountRegister;
import org.kopuro.accounts.Role;
import org.kopuro.kernel.Contour;
import org.kopuro.ledger.proof.Receipt;
import org.kopuro.ledger.proof.Unproven;
import org.kopuro.testing.Rows;
import org.kopuro.testing.Scene;
import org.kopuro.testing.TestDatabase;

/** A taxpayer minds his consents, a participant those that it holds, and nobody anybody else's; with the samples of docs/protocols/consent. */
interface ConsentOverRest {

    Path SAMPLES = Path.of("../docs/protocols/consent");
    String TOKENS = "/api/v1/tokens";
    String EVENTS = "/api/v1/admin/consent-events";
    /** Of the documentation. */
    String EXAMPLE = "GNS1T-008J4-CT4AN-K7F24-SNAXW-SQFEZ-YM";

    @Test
    default void aTaxpayerReadsMakesPausesRenewsAndEndsATokenAndSeesWhoSawWhat() throws IOException, Unproven {
        Scene scene = new Scene(Contour.TEST, Participants.APPLICATION);
        String taxpayer = RestApi.anAccount(Role.TAXPAYER, Contour.TEST, scene.inn);
        JsonObject text = RestApi.ok(RestApi.as(taxpayer, "GET", TOKENS + "/text?language=KY", null));
        assertTrue(text.getString("text").length() > 100 && text.getString("sha256").length() == 64);
        RestApi.assertProblem(400, "FIELD_MISSING", "sought", RestApi.as(taxpayer, "GET", TOKENS + "/holders", null));
        RestApi.assertProblem(400, "FIELD_INVALID", "language", RestApi.as(taxpayer, "GET", TOKENS + "/text?language=DE", null));

        JsonObject holder = RestApi.ok(RestApi.as(taxpayer, "GET", TOKENS + "/holders?sought=" + scene.participant.memberCode(), null)).getJsonArray("holders").getJsonObject(0);
        assertEquals(scene.client().toString(), holder.getString("subsystem"));
        JsonObject token = issue(scene, taxpayer);
        assertFits("issue-response.json", token);
        String path = TOKENS + "/" + token.getString("id");
        assertEquals("", SoapAnswer.of(Server.soap(TaxMessage.of(scene).service("tpDataByINN").token(token.getString("token")).replace(">KG", ">=2*KG").signed())).value("faultCode"));
        assertEquals("FROZEN", RestApi.ok(RestApi.as(taxpayer, "POST", path + "/freeze", "")).getString("state"));
        RestApi.assertProblem(409, "TRANSITION_NOT_ALLOWED", "event", RestApi.as(taxpayer, "POST", path + "/freeze", ""));
        assertEquals("CONSENT_FROZEN", call(scene, token));
        assertEquals("ACTIVE", RestApi.ok(RestApi.as(taxpayer, "POST", path + "/unfreeze", "")).getString("state"));
        assertTrue(RestApi.ok(RestApi.as(taxpayer, "PUT", TOKENS + "/pause", "")).getBoolean("paused"));
        RestApi.assertProblem(409, "PAUSED_ALREADY", "pause", RestApi.as(taxpayer, "PUT", TOKENS + "/pause", ""));
        assertEquals("CONSENT_FROZEN", call(scene, token));
        assertFalse(RestApi.ok(RestApi.as(taxpayer, "DELETE", TOKENS + "/pause", null)).getBoolean("paused"));
        RestApi.assertProblem(409, "NOT_PAUSED", "pause", RestApi.as(taxpayer, "DELETE", TOKENS + "/pause", null));

        String renewal = wish(scene).replaceFirst("\\{", "{\"replaces\":\"" + token.getString("id") + "\",");
        JsonObject successor = RestApi.created(RestApi.as(taxpayer, "POST", TOKENS, renewal));
        RestApi.assertProblem(409, "TOKEN_REPLACED_ALREADY", "replaces", RestApi.as(taxpayer, "POST", TOKENS, renewal));
        assertEquals(successor.getString("id"), RestApi.ok(RestApi.as(taxpayer, "GET", path, null)).getString("replacedBy"));
        assertEquals("REPLACED", RestApi.ok(RestApi.as(taxpayer, "POST", TOKENS + "/" + successor.getString("id") + "/confirm-replacement", "")).getString("cause"));
        assertEquals("CONSENT_REVOKED", call(scene, token));
        String stranger = RestApi.anAccount(Role.TAXPAYER, Contour.TEST, new Scene(Contour.TEST, Participants.APPLICATION).inn);
        RestApi.assertProblem(404, "NOT_FOUND", "token", RestApi.as(stranger, "POST", TOKENS + "/" + successor.getString("id") + "/deactivate", ""));

        JsonArray uses = RestApi.ok(RestApi.as(taxpayer, "GET", "/api/v1/usage", null)).getJsonArray("uses");
        assertEquals(List.of("CONSENT_REVOKED", "CONSENT_FROZEN", "CONSENT_FROZEN", "DISCLOSED"), uses.stream().map(use -> use.asJsonObject().getString("outcome")).toList());
        JsonObject disclosed = RestApi.ok(RestApi.as(taxpayer, "GET", "/api/v1/usage?outcome=DISCLOSED&limit=1", null));
        assertFits("usage-response.json", disclosed);
        Receipt receipt = PublishedLedger.receipt(taxpayer, disclosed.getJsonArray("uses").getJsonObject(0).getString("ledgerEntry"));
        assertEquals("DISCLOSED", receipt.verify(PublishedLedger.keys(), List.of()).entry().data().getString("outcome"));
        assertEquals("FIRST_USE", RestApi.ok(RestApi.as(taxpayer, "GET", "/api/v1/tidings", null)).getJsonArray("tidings").getJsonObject(0).getString("tiding"));
        assertEquals(JsonValue.EMPTY_JSON_ARRAY, RestApi.ok(RestApi.as(stranger, "GET", "/api/v1/usage", null)).get("uses"));
        whoElseReads(scene, taxpayer);
    }

    /** Octet by octet but for what differs between any two calls. */
    private void whatAStrangerReads(Scene scene) {
        Scene stranger = new Scene(Contour.TEST, Participants.APPLICATION);
        String own = AccessOverRest.administratorOf(stranger, Contour.TEST);
        Set<String> lists = new HashSet<>();
        for (String token : List.of("GNS1T-008J4-CT4AN-K7F24-SNAXW-SQFEZ-YM", scene.token().text())) {
            SoapAnswer refused = SoapAnswer.of(Server.soap(TaxMessage.of(stranger).service("tpDataByINN").token(token).signed()));
            assertEquals("TOKEN_NOT_ACCEPTED", refused.value("faultCode"));
            for (String accept : List.of("application/json", "text/csv")) {
                Server.Response list = Server.send("GET", "/api/v1/usage?limit=1", null, Map.of("Accept", accept, "Authorization", basic(own, RestApi.PASSWORD)));
                lists.add(list.text().replaceAll("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "*").replaceAll("20\\d\\d-[0-9T:.-]+Z", "@").replaceAll("(\"number\":|\"next\":|\n)\\d+", "#")
                        .replaceAll("\"messageId\":\"[^\"]*\"", "#"));
                assertFalse(list.text().contains(scene.inn.digits()), list::text);
            }
        }
        assertEquals(2, lists.size(), lists::toString);
    }

    private void whoElseReads(Scene scene, String taxpayer) {
        Server.Response csv = Server.send("GET", "/api/v1/usage", null, Map.of("Accept", "text/csv", "Authorization", basic(taxpayer, RestApi.PASSWORD)));
        assertTrue(csv.contentType().startsWith("text/csv") && csv.text().contains(",DISCLOSED,1,"), csv::text);
        assertEquals(5, csv.text().lines().count());
        Server.Response page = Server.send("GET", "/api/v1/usage?limit=2", null, Map.of("Accept", "text/csv", "Authorization", basic(taxpayer, RestApi.PASSWORD)));
        assertEquals(3, page.text().lines().count());
        Server.Response workbook = Server.send("GET", "/api/v1/usage", null, Map.of("Accept", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "Authorization", basic(taxpayer, RestApi.PASSWORD)));
        assertTrue(workbook.status() == 200 && workbook.body()[0] == 'P' && workbook.body()[1] == 'K', workbook::text);
        assertTrue(csv.text().contains(",'=2*KG"), "no formula: " + csv.text());
        RestApi.assertProblem(400, "FIELD_INVALID", "to", RestApi.as(taxpayer, "GET", "/api/v1/usage?from=2026-02-01&to=2026-01-31", null));
        assertEquals(4, RestApi.ok(RestApi.as(AccessOverRest.administratorOf(scene, Contour.TEST), "GET", "/api/v1/usage", null)).getJsonArray("uses").size());
        String another = AccessOverRest.administratorOf(new Scene(Contour.TEST, Participants.APPLICATION), Contour.TEST);
        assertEquals(0, RestApi.ok(RestApi.as(another, "GET", "/api/v1/usage?participant=" + scene.participant.id().value(), null)).getJsonArray("uses").size());
        String auditor = RestApi.anAccount(Role.AUDITOR, Contour.TEST, null);
        String read = "/api/v1/usage/inspections";
        String about = "{\"inn\":\"" + scene.inn.digits() + "\"";
        RestApi.assertProblem(400, "FIELD_MISSING", "reason", RestApi.as(auditor, "POST", read, about + "}"));
        assertEquals(4, RestApi.ok(RestApi.as(auditor, "POST", read, about + ",\"reason\":\"a complaint\"}")).getJsonArray("uses").size());
        assertEquals(403, RestApi.as(auditor, "GET", "/api/v1/usage?inn=" + scene.inn.digits() + "&reason=a", null).status());
        RestApi.assertProblem(400, "NOT_IN_THE_ADDRESS", "inn", RestApi.as(taxpayer, "GET", "/api/v1/usage?inn=" + scene.inn.digits(), null));
        assertEquals(403, RestApi.as(taxpayer, "POST", read, about + ",\"reason\":\"a complaint\"}").status());
        whatAStrangerReads(scene);
        assertEquals("a complaint", RestApi.ok(RestApi.as(taxpayer, "GET", "/api/v1/usage/inspections", null)).getJsonArray("inspections").getJsonObject(0).getString("reason"));
        String operator = RestApi.anAccount(Role.OPERATOR, Contour.TEST, null);
        for (String path : List.of("/api/v1/tidings", "/api/v1/consents/changes")) {
            assertEquals(403, RestApi.as(operator, "GET", path, null).status(), path);
            assertEquals(401, Server.api("GET", path, null, null, null).status(), path);
        }
    }

    @Test
    default void theTextIsTheOneToBeReadAndBothSidesGetReceiptsOfIt() throws IOException, ParseException, JOSEException {
        Scene scene = new Scene(Contour.TEST, Participants.APPLICATION);
        String taxpayer = RestApi.anAccount(Role.TAXPAYER, Contour.TEST, scene.inn);
        JsonObject text = RestApi.ok(RestApi.as(taxpayer, "GET", TOKENS + "/text?language=KY", null));
        assertEquals(text, RestApi.ok(RestApi.as(taxpayer, "GET", TOKENS + "/text?language=KY&version=1", null)));
        RestApi.assertProblem(404, "NOT_FOUND", "version", RestApi.as(taxpayer, "GET", TOKENS + "/text?language=KY&version=0", null));
        String wish = wish(scene);
        assertTrue(wish.contains(text.getString("sha256")), "the sample shows the text");
        RestApi.assertProblem(422, "CONSENT_TEXT_DIFFERS", "textSha256", RestApi.as(taxpayer, "POST", TOKENS, wish.replace("\"KY\"", "\"RU\"")));
        RestApi.assertProblem(422, "CONSENT_TEXT_DIFFERS", "textVersion", RestApi.as(taxpayer, "POST", TOKENS, wish.replace("\"textVersion\": \"1\"", "\"textVersion\": \"0\"")));
        RestApi.assertProblem(400, "FIELD_MISSING", "textVersion", RestApi.as(taxpayer, "POST", TOKENS, wish.replace("\"textVersion\": \"1\",", "")));
        JsonObject token = issue(scene, taxpayer);
        String receipt = TOKENS + "/" + token.getString("id") + "/receipt";
        JsonObject told = RestApi.ok(RestApi.as(taxpayer, "GET", receipt + "?language=KY", null)).getJsonObject("receipt");
        assertEquals(text.getString("text"), told.getJsonObject("text").getString("text"));
        String holder = AccessOverRest.administratorOf(scene, Contour.TEST);
        Server.Response signed = Server.send("GET", receipt, null, Map.of("Accept", "application/jose", "Authorization", basic(holder, RestApi.PASSWORD)));
        assertEquals("application/jose", signed.contentType());
        assertEquals(403, RestApi.as(holder, "GET", TOKENS + "/" + token.getString("id"), null).status(), "nothing but the receipt");
        assertEquals(token.getString("id"), verified(signed.text()).getJsonObject("receipt").getString("consentId"));
        for (String login : List.of(RestApi.anAccount(Role.TAXPAYER, Contour.TEST, new Scene(Contour.TEST, Participants.APPLICATION).inn),
                AccessOverRest.administratorOf(new Scene(Contour.TEST, Participants.APPLICATION), Contour.TEST))) {
            RestApi.assertProblem(404, "NOT_FOUND", "token", RestApi.as(login, "GET", receipt, null));
        }
        assertEquals(403, RestApi.as(RestApi.anAccount(Role.OPERATOR, Contour.TEST, null), "GET", receipt, null).status());
        RestApi.assertProblem(400, "FIELD_INVALID", "language", RestApi.as(taxpayer, "GET", receipt + "?language=DE", null));
    }

    @Test
    default void theHolderAsksAboutItsTokenAndStrangersLearnNothing() throws IOException {
        Scene scene = new Scene(Contour.TEST, Participants.APPLICATION);
        Scene other = new Scene(Contour.TEST, Participants.APPLICATION);
        String taxpayer = RestApi.anAccount(Role.TAXPAYER, Contour.TEST, scene.inn);
        JsonObject token = issue(scene, taxpayer);
        assertEquals("", call(scene, token));
        JsonObject holder = robot(scene);
        JsonObject stranger = robot(other);
        String body = Files.readString(SAMPLES.resolve("introspect-request.txt")).strip().replace(EXAMPLE, token.getString("token"));
        JsonObject asked = RestApi.ok(form(holder, "introspect", body));
        assertFits("introspect-response.json", asked);
        assertEquals(List.of(scene.client().toString(), scene.inn.digits(), "19"), List.of(asked.getString("client_id"), asked.getString("sub"), String.valueOf(asked.getInt("calls_left"))));

        byte[] nothing = Files.readString(SAMPLES.resolve("introspect-stranger-response.json")).strip().getBytes(StandardCharsets.UTF_8);
        for (String text : List.of(token.getString("token"), EXAMPLE, "GNS1P-008J4-CT4AN-K7F24-SNAXW-SQFEZ-JA", "nonsense", "' or 1=1 --")) {
            Server.Response answer = form(stranger, "introspect", "token=" + URLEncoder.encode(text, StandardCharsets.UTF_8) + "&token_type_hint=access_token");
            assertEquals(200, answer.status(), text);
            assertArrayEquals(nothing, answer.body(), text);
        }
        assertEquals("200 ", answered(form(stranger, "revoke", body)));
        assertTrue(RestApi.ok(form(holder, "introspect", body)).getBoolean("active"));
        assertLimited(stranger);
        RestApi.assertProblem(400, "FIELD_MISSING", "token", form(holder, "introspect", "token="));
        RestApi.assertProblem(403, "ACCOUNT_OF_NO_SUBSYSTEM", null, form(Json.createObjectBuilder().add("login", AccessOverRest.administratorOf(scene, Contour.TEST))
                .add("secret", RestApi.PASSWORD).build(), "introspect", body));
        assertEquals(403, form(Json.createObjectBuilder().add("login", taxpayer).add("secret", RestApi.PASSWORD).build(), "introspect", body).status());
        assertEquals(401, Server.send("POST", TOKENS + "/introspect", body.getBytes(StandardCharsets.UTF_8), Map.of("Content-Type", "application/x-www-form-urlencoded")).status());
        assertEquals(415, Server.api("POST", TOKENS + "/introspect", holder.getString("login"), holder.getString("secret"), "{}").status());

        assertEquals("200 ", answered(form(holder, "revoke", body)));
        assertEquals("200 ", answered(form(holder, "revoke", body)));
        JsonObject ended = RestApi.ok(form(holder, "introspect", body));
        assertFits("introspect-ended-response.json", ended);
        assertEquals("CONSENT_REVOKED", ended.getString("reason"));
        assertEquals("CONSENT_REVOKED", call(scene, token));
        JsonObject tidings = RestApi.ok(RestApi.as(taxpayer, "GET", "/api/v1/tidings", null));
        assertEquals(Set.of("REVOKED", "STRANGER", "FIRST_USE"), Set.copyOf(tidings.getJsonArray("tidings").stream().map(one -> one.asJsonObject().getString("tiding")).toList()));
        assertFits("tidings-response.json", Json.createObjectBuilder(tidings).add("tidings", Json.createArrayBuilder().add(tidings.getJsonArray("tidings").stream()
                .filter(one -> one.asJsonObject().getString("tiding").equals("STRANGER")).findFirst().orElseThrow())).build());
        String seen = RestApi.ok(RestApi.as(RestApi.anAccount(Role.OPERATOR, Contour.TEST, null), "GET", EVENTS + "/strangers", null)).toString();
        assertTrue(seen.contains(other.participant.id().value().toString()) && !seen.contains("lastFour"), seen);
        assertEquals(403, RestApi.as(taxpayer, "GET", EVENTS + "/strangers", null).status());
    }

    /** Known or unknown, tokens of others come to an end. */
    private static void assertLimited(JsonObject stranger) {
        for (int i = 0; i < 10; i++) {
            Server.Response answer = form(stranger, "introspect", "token=" + EXAMPLE);
            if (answer.status() != 200) {
                RestApi.assertProblem(429, "RATE_LIMITED", "limit.unknownTokens", answer);
                return;
            }
        }
        throw new AssertionError("never limited");
    }

    @Test
    default void anAccountSpeaksForASubsystemOfItsOwnParticipantOnly() {
        Scene scene = new Scene(Contour.TEST, Participants.APPLICATION);
        String administrator = administrator(scene);
        String foreign = account("core", "PARTICIPANT", new Scene(Contour.TEST, Participants.APPLICATION));
        RestApi.assertProblem(404, "NOT_FOUND", "subsystem", RestApi.as(administrator, "POST", CredentialsOverRest.ACCOUNTS, foreign));
        RestApi.assertProblem(400, "FIELD_INVALID", "subsystem", RestApi.as(administrator, "POST", CredentialsOverRest.ACCOUNTS,
                account("boss", "NODE_ADMINISTRATOR", scene).replace("TECHNICAL", "PERSONAL")));
        assertEquals(scene.subsystem.id().value().toString(), RestApi.created(RestApi.as(administrator, "POST", CredentialsOverRest.ACCOUNTS, account("core", "PARTICIPANT", scene)))
                .getString("subsystem"));
    }

    @Test
    default void aSubsystemIsPushedToOrPollsAndWhatItLeavesLyingIsSeen() throws IOException, ParseException, JOSEException {
        Scene scene = new Scene(Contour.TEST, Participants.APPLICATION);
        String taxpayer = RestApi.anAccount(Role.TAXPAYER, Contour.TEST, scene.inn);
        String operator = RestApi.anAccount(Role.OPERATOR, Contour.TEST, null);
        JsonObject program = robot(scene);
        AtomicInteger status = new AtomicInteger(500);
        List<String> received = new CopyOnWriteArrayList<>();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/events", exchange -> {
            received.add(exchange.getRequestHeaders().getFirst("Content-Type") + " " + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            exchange.sendResponseHeaders(status.get(), -1);
            exchange.close();
        });
        server.start();
        try {
            String callback = EVENTS + "/callbacks/" + scene.subsystem.id().value();
            RestApi.assertProblem(400, "FIELD_INVALID", "url", RestApi.as(operator, "PUT", callback, "{\"url\":\"file:///etc/passwd\"}"));
            RestApi.assertProblem(404, "NOT_FOUND", "callback", RestApi.as(operator, "GET", callback, null));
            assertEquals(204, RestApi.as(operator, "PUT", callback, "{\"url\":\"http://127.0.0.1:" + server.getAddress().getPort() + "/events\"}").status());
            assertEquals(403, RestApi.as(RestApi.anAccount(Role.AUDITOR, Contour.TEST, null), "PUT", callback, "{\"url\":\"https://bank.example\"}").status());

            RestApi.ok(RestApi.as(taxpayer, "POST", TOKENS + "/" + issue(scene, taxpayer).getString("id") + "/deactivate", ""));
            JsonObject changes = await(() -> Optional.of(changes(program)).filter(all -> all.getJsonArray("changes").getJsonObject(0).containsKey("problem")));
            assertFits("changes-response.json", changes);
            String id = changes.getJsonArray("changes").getJsonObject(0).getString("id");
            polls(scene, program, id);
            Rows.change("update consent.event_out set at = at - interval '73 hours' where id = ?", UUID.fromString(id));
            assertTrue(RestApi.ok(RestApi.as(operator, "GET", EVENTS + "/overdue", null)).toString().contains(id));
            assertEquals(0, polled(program, "{\"ack\":[\"" + id + "\"],\"maxEvents\":0}").getJsonObject("sets").size());
            assertTrue(changes(program).getJsonArray("changes").getJsonObject(0).containsKey("acknowledgedAt"));
            assertFalse(RestApi.ok(RestApi.as(operator, "GET", EVENTS + "/overdue", null)).toString().contains(id));

            status.set(202);
            received.clear();
            JsonObject token = issue(scene, taxpayer);
            String officer = RestApi.anAccount(Role.SECURITY_OFFICER, Contour.TEST, null);
            assertEquals(403, RestApi.as(operator, "POST", "/api/v1/admin/tokens/" + token.getString("id") + "/end", "{\"reason\":\"by order\"}").status());
            assertEquals(204, RestApi.as(officer, "POST", "/api/v1/admin/tokens/" + token.getString("id") + "/end", "{\"reason\":\"by order\"}").status());
            RestApi.assertProblem(409, "TRANSITION_NOT_ALLOWED", "event", RestApi.as(officer, "POST", "/api/v1/admin/tokens/" + token.getString("id") + "/end", "{\"reason\":\"again\"}"));
            String pushed = await(() -> received.stream().findFirst());
            assertTrue(pushed.startsWith("application/secevent+jwt "), pushed);
            assertTrue(verified(pushed.split(" ")[1]).toString().contains("\"cause\":\"AUTHORITY\""));
            await(() -> Optional.of(changes(program).getJsonArray("changes").getJsonObject(1)).filter(event -> event.containsKey("acknowledgedAt")));
            assertEquals(1, received.size());
            JsonObject tiding = RestApi.ok(RestApi.as(taxpayer, "GET", "/api/v1/tidings", null)).getJsonArray("tidings").getJsonObject(0);
            assertEquals(List.of("AUTHORITY", "by order"), List.of(tiding.getString("cause"), tiding.getString("reason")));
            assertEquals(204, RestApi.as(operator, "DELETE", callback, null).status());
        } finally {
            server.stop(0);
        }
    }

    @Test
    default void aParticipantBringsATokenOfTestToItsExpiry() throws IOException {
        Scene scene = new Scene(Contour.TEST, Participants.APPLICATION);
        JsonObject token = issue(scene, RestApi.anAccount(Role.TAXPAYER, Contour.TEST, scene.inn));
        String path = "/api/v1/consents/" + token.getString("id") + "/expiry";
        RestApi.assertProblem(404, "NOT_FOUND", "token", RestApi.as(AccessOverRest.administratorOf(new Scene(Contour.TEST, Participants.APPLICATION), Contour.TEST), "POST", path, "{}"));
        RestApi.assertProblem(422, "CLOCK_OF_TEST_ONLY", "token", RestApi.as(AccessOverRest.administratorOf(scene, Contour.PRODUCTION), "POST", path, "{}"));
        assertEquals(403, RestApi.as(RestApi.anAccount(Role.OPERATOR, Contour.TEST, null), "POST", path, "{}").status());
        assertEquals("", call(scene, token));
        String administrator = AccessOverRest.administratorOf(scene, Contour.TEST);
        RestApi.assertProblem(400, "FIELD_UNKNOWN", "at", RestApi.as(administrator, "POST", path, "{\"at\":\"2027-01-01T00:00:00Z\"}"));
        assertEquals("EXPIRED", RestApi.ok(RestApi.as(administrator, "POST", path, "{}")).getString("state"));
        assertEquals("CONSENT_EXPIRED", call(scene, token));
        RestApi.assertProblem(409, "TRANSITION_NOT_ALLOWED", "event", RestApi.as(administrator, "POST", path, "{}"));
        assertEquals("EXPIRED", RestApi.ok(RestApi.as(administrator, "GET", "/api/v1/consents/changes", null)).getJsonArray("changes").getJsonObject(0).getString("event"));
    }

    /** The event is there for its own participant, until that one acknowledges it. */
    private static void polls(Scene scene, JsonObject program, String id) throws IOException, ParseException, JOSEException {
        JsonObject other = robot(new Scene(Contour.TEST, Participants.APPLICATION));
        assertEquals(JsonValue.EMPTY_JSON_OBJECT, polled(other, "{\"ack\":[\"" + id + "\"]}").get("sets"));
        assertEquals(JsonValue.EMPTY_JSON_ARRAY, changes(other).get("changes"));
        String request = Files.readString(SAMPLES.resolve("poll-request.json")).replace("9d0f5b7a-2c4e-4f6a-8b1c-3e5d7f901b11", id);
        JsonObject answer = polled(program, request);
        assertEquals(Set.of(id), answer.getJsonObject("sets").keySet());
        assertFalse(answer.getBoolean("moreAvailable"));
        JsonObject event = verified(answer.getJsonObject("sets").getString(id));
        assertFits("event.json", event);
        assertEquals(List.of(scene.client().toString(), id), List.of(event.getString("aud"), event.getString("jti")));
        assertEquals("SET invalid_key", changes(program).getJsonArray("changes").getJsonObject(0).getString("problem"));
        for (String wrong : List.of("{\"ack\":[\"x\"]}", "{\"ack\":\"" + id + "\"}")) {
            RestApi.assertProblem(400, "FIELD_INVALID", "ack", poll(program, wrong));
        }
        RestApi.assertProblem(400, "FIELD_INVALID", "setErrs", poll(program, "{\"setErrs\":{\"" + id + "\":\"bad\"}}"));
        RestApi.assertProblem(400, "FIELD_MISSING", "setErrs.err", poll(program, "{\"setErrs\":{\"" + id + "\":{}}}"));
    }

    private static Server.Response poll(JsonObject program, String body) {
        return Server.api("POST", "/api/v1/consents/events", program.getString("login"), program.getString("secret"), body);
    }

    private static JsonObject polled(JsonObject program, String body) {
        return RestApi.ok(poll(program, body));
    }

    private static JsonObject changes(JsonObject program) {
        return RestApi.ok(Server.api("GET", "/api/v1/consents/changes", program.getString("login"), program.getString("secret"), null));
    }

    /** By the published keys alone. */
    private static JsonObject verified(String set) throws ParseException, JOSEException {
        Server.Response keys = Server.send("GET", "/api/v1/keys", null, Map.of());
        assertEquals("application/jwk-set+json", keys.contentType());
        SignedJWT token = SignedJWT.parse(set);
        assertTrue(token.verify(new ECDSAVerifier(JWKSet.parse(keys.text()).getKeyByKeyId(token.getHeader().getKeyID()).toECKey())));
        return object(token.getPayload().toString());
    }

    private static <T> T await(Supplier<Optional<T>> what) {
        for (Instant end = Clock.systemUTC().instant().plusSeconds(20); ; ) {
            Optional<T> found = what.get();
            if (found.isPresent()) {
                return found.get();
            }
            assertTrue(Clock.systemUTC().instant().isBefore(end), "it did not come");
            try {
                Thread.sleep(200);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
    }

    private static String wish(Scene scene) throws IOException {
        return Files.readString(SAMPLES.resolve("issue-request.json")).replace("central-server/COM/60009999/demo-bank-service", scene.client().toString())
                .replace("2026-12-31", LocalDate.now(Clock.systemUTC()).plusDays(30).toString());
    }

    private static JsonObject issue(Scene scene, String taxpayer) throws IOException {
        return RestApi.created(RestApi.as(taxpayer, "POST", TOKENS, wish(scene)));
    }

    /** The refusal's code; nothing where the call was answered. */
    private static String call(Scene scene, JsonObject token) {
        return SoapAnswer.of(Server.soap(TaxMessage.of(scene).service("tpDataByINN").token(token.getString("token")).signed())).value("faultCode");
    }

    /** A program of the subsystem. */
    private static JsonObject robot(Scene scene) {
        return RestApi.created(RestApi.as(administrator(scene), "POST", CredentialsOverRest.ACCOUNTS, account("core", "PARTICIPANT", scene)));
    }

    private static String account(String login, String role, Scene scene) {
        return Json.createObjectBuilder().add("login", login).add("fullName", "Core banking").add("kind", "TECHNICAL").add("role", role)
                .add("subsystem", scene.subsystem.id().value().toString()).build().toString();
    }

    private static String administrator(Scene scene) {
        String login = "administrator-" + UUID.randomUUID().toString().substring(0, 8);
        try (Connection owner = TestDatabase.shared().owner().getConnection()) {
            assertTrue(new AccountRegister(owner, Clock.systemUTC()).put(login, RestApi.PASSWORD.toCharArray(), Contour.TEST, Role.NODE_ADMINISTRATOR, "A Person", Optional.empty(),
                    Optional.of(scene.participant.id().value()), false));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return login;
    }

    private static Server.Response form(JsonObject account, String endpoint, String body) {
        return Server.send("POST", TOKENS + "/" + endpoint, body.getBytes(StandardCharsets.UTF_8), Map.of("Content-Type", "application/x-www-form-urlencoded", "Accept-Language", "en",
                "Authorization", basic(account.getString("login"), account.getString("secret"))));
    }

    private static String answered(Server.Response response) {
        return response.status() + " " + response.text();
    }

    private static String basic(String login, String password) {
        return "Basic " + Base64.getEncoder().encodeToString((login + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    private static JsonObject object(String text) {
        try (var reader = Json.createReader(new java.io.StringReader(text))) {
            return reader.readObject();
        }
    }

    /** The same members of the same types, all the way down; of a list, as its first. */
    static void assertFits(String sample, JsonObject actual) throws IOException {
        assertFits(sample, object(Files.readString(SAMPLES.resolve(sample))), actual);
    }

    private static void assertFits(String where, JsonValue sample, JsonValue actual) {
        assertEquals(sample.getValueType(), actual.getValueType(), where);
        if (sample instanceof JsonObject object) {
            assertEquals(object.keySet(), actual.asJsonObject().keySet(), where);
            object.forEach((name, value) -> assertFits(where + "." + name, value, actual.asJsonObject().get(name)));
        } else if (sample instanceof JsonArray array && !array.isEmpty()) {
            assertFalse(actual.asJsonArray().isEmpty(), where);
            assertFits(where + "[0]", array.get(0), actual.asJsonArray().get(0));
        }
    }
}
