package org.kopuro.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.kopuro.access.ConnectionEvent;
import org.kopuro.access.duties.ReportKind;
import org.kopuro.accounts.Role;
import org.kopuro.installation.Installation;
import org.kopuro.kernel.Contour;
import org.kopuro.participants.FaultDialect;
import org.kopuro.testing.Scene;
import org.kopuro.testing.TestAccounts;

/** Requests, decisions and measures by the programs of officials and participants, over REST. */
interface AccessOverRest {

    String REQUESTS = "/api/v1/access/requests";

    /** A letter, the checklist, the grant: the way that every participant goes. */
    static void connect(String operator, String participant, String subsystem, String... services) {
        JsonObject request = RestApi.created(RestApi.as(operator, "POST", REQUESTS, naming(product(operator, participant), letter(participant, subsystem, services)).build().toString()));
        String path = REQUESTS + "/" + request.getString("id");
        RestApi.ok(RestApi.as(operator, "POST", path + "/events", "{\"event\":\"CONFIRM\"}"));
        tickAll(operator, path);
        assertEquals("GRANTED", RestApi.ok(RestApi.as(operator, "POST", path + "/events", "{\"event\":\"GRANT\",\"reason\":\"in order\"}")).getString("state"));
    }

    /** An own product with its registration: all that the procedure wants. */
    static String product(String operator, String participant) {
        String product = RestApi.created(RestApi.as(operator, "POST", "/api/v1/access/products", Json.createObjectBuilder().add("participant", participant).add("name", "App")
                .add("kind", "MOBILE_APPLICATION").add("developer", "A Bank").add("rightsHolder", "A Bank").add("role", "OWNER_DEVELOPER").build().toString())).getString("id");
        RestApi.created(Server.upload("/api/v1/access/products/" + product + "/documents?kind=REGISTRATION&number=1&issuedOn=2024-01-31&issuer=Kyrgyzpatent&fileName=registration.txt",
                operator, RestApi.PASSWORD, "Registered.".getBytes(StandardCharsets.UTF_8)));
        return product;
    }

    static JsonObjectBuilder naming(String product, JsonObjectBuilder request) {
        return request.add("products", Json.createArrayBuilder().add(Json.createObjectBuilder().add("product", product)));
    }

    /** All that people tick. With a note: the register of companies does not know those that tests invent. */
    static void tickAll(String operator, String path) {
        for (JsonObject item : RestApi.ok(RestApi.as(operator, "GET", path, null)).getJsonArray("checklist").getValuesAs(JsonObject.class)) {
            if (item.containsKey("seen")) {
                continue;
            }
            RestApi.ok(RestApi.as(operator, "POST", path + "/checks", "{\"item\":\"" + item.getString("code") + "\",\"ticked\":true,\"note\":\"on paper\"}"));
        }
    }

    static JsonObjectBuilder letter(String participant, String subsystem, String... services) {
        return wish(subsystem, services).add("participant", participant)
                .add("letter", Json.createObjectBuilder().add("sender", "office@bank.example").add("subject", "[Bank]").add("receivedAt", Clock.systemUTC().instant().toString()));
    }

    static JsonObjectBuilder wish(String subsystem, String... services) {
        JsonArrayBuilder wanted = Json.createArrayBuilder();
        for (String service : services) {
            wanted.add(Json.createObjectBuilder().add("subsystem", subsystem).add("service", service).add("purpose", "To check salaries of those who ask for a loan."));
        }
        return Json.createObjectBuilder().add("kind", "CONNECT").add("procedure", "KG-147").add("answerEmail", "office@bank.example").add("body", "Please connect us.")
                .add("services", wanted).add("contacts", Json.createArrayBuilder().add(Json.createObjectBuilder().add("fullName", "A Person").add("unit", "IT")
                        .add("post", "Engineer").add("email", "a@bank.example").add("phone", "+996 312 000000")));
    }

    static String administratorOf(Scene scene, Contour contour) {
        return TestAccounts.make(Role.PARTICIPANT, contour, Optional.empty(), Optional.of(scene.participant.id().value()));
    }

    @Test
    default void aParticipantFilesItsRequestAndSeesNothingOfOthers() {
        Scene scene = Participants.speaking(FaultDialect.SNAKE_CASE);
        Scene other = new Scene(Contour.TEST);
        other.apply(ConnectionEvent.DISCONNECT);
        String stranger = administratorOf(scene, Contour.TEST);
        String administrator = administratorOf(other, Contour.TEST);
        JsonObject filed = RestApi.created(RestApi.as(administrator, "POST", REQUESTS, wish(other.subsystem.id().value().toString(), "headcount").build().toString()));
        assertEquals(other.participant.id().value().toString(), filed.getString("participant"));
        assertEquals("To check salaries of those who ask for a loan.", filed.getJsonArray("services").getJsonObject(0).getString("purpose"));
        String path = REQUESTS + "/" + filed.getString("id");
        RestApi.assertProblem(404, "NOT_FOUND", "request", RestApi.as(stranger, "GET", path, null));
        RestApi.assertProblem(404, "NOT_FOUND", "request", RestApi.as(stranger, "POST", path + "/events", "{\"event\":\"RETRACT\"}"));
        assertEquals(403, RestApi.as(administrator, "POST", path + "/events", "{\"event\":\"CONFIRM\"}").status());
        assertEquals("A Person", RestApi.ok(RestApi.as(administrator, "GET", path, null)).getJsonArray("contacts").getJsonObject(0).getString("fullName"));
        assertEquals(403, RestApi.as(administrator, "GET", "/api/v1/access/obligations", null).status());
        assertEquals(403, RestApi.as(administrator, "GET", "/api/v1/access/obligations/moves", null).status());
        assertEquals(403, RestApi.as(administrator, "POST", "/api/v1/access/notices/deliveries/" + UUID.randomUUID() + "/events", "{\"event\":\"RESEND\"}").status());
        JsonArray own = RestApi.ok(RestApi.as(administrator, "GET", REQUESTS, null)).getJsonArray("requests");
        assertEquals(1, own.size());
        assertFalse(own.getJsonObject(0).containsKey("contacts"), "persons are in no list");
        assertEquals("RETRACTED", RestApi.ok(RestApi.as(administrator, "POST", path + "/events", "{\"event\":\"RETRACT\"}")).getString("state"));
    }

    @Test
    default void filesAreInspectedKeptAndGivenToThoseWhoMaySeeThem() {
        Scene scene = new Scene(Contour.TEST);
        String administrator = administratorOf(scene, Contour.TEST);
        String stranger = administratorOf(new Scene(Contour.TEST), Contour.TEST);
        JsonObject request = RestApi.created(RestApi.as(administrator, "POST", REQUESTS,
                "{\"kind\":\"JOINT_TEST\",\"procedure\":\"KG-147\",\"answerEmail\":\"office@bank.example\",\"body\":\"Tested.\"}"));
        String files = REQUESTS + "/" + request.getString("id") + "/documents";
        byte[] text = "Все вызовы выполнены.".getBytes(StandardCharsets.UTF_8);
        JsonObject attached = RestApi.created(Server.upload(files + "?kind=SCREEN_FORM&fileName=report.txt", administrator, RestApi.PASSWORD, text));
        assertEquals("Все вызовы выполнены.", RestApi.as(administrator, "GET", files + "/" + attached.getString("id"), null).text());
        RestApi.assertProblem(404, "NOT_FOUND", "request", RestApi.as(stranger, "GET", files + "/" + attached.getString("id"), null));
        RestApi.assertProblem(404, "NOT_FOUND", "request", Server.upload(files + "?kind=OTHER&fileName=a.txt", stranger, RestApi.PASSWORD, text));
        RestApi.assertProblem(422, "DOCUMENT_TYPE_NOT_WANTED_HERE", "file", Server.upload(files + "?kind=CONFORMANCE_REPORT&fileName=report.txt", administrator, RestApi.PASSWORD, text));
        RestApi.assertProblem(413, "DOCUMENT_TOO_LARGE", "file", Server.upload(files + "?kind=CONFORMANCE_REPORT&fileName=r.p7m", administrator, RestApi.PASSWORD, new byte[50 * 1024 * 1024]));
        assertEquals(0, RestApi.ok(RestApi.as(administrator, "GET", REQUESTS + "/" + request.getString("id") + "/conformance", null)).getJsonArray("reports").size());
        RestApi.assertProblem(404, "NOT_FOUND", "request", RestApi.as(stranger, "GET", REQUESTS + "/" + request.getString("id") + "/conformance", null));
        RestApi.assertProblem(422, "DOCUMENT_EXECUTABLE", "file", Server.upload(files + "?kind=OTHER&fileName=a.txt", administrator, RestApi.PASSWORD, "#!/bin/sh\nrm".getBytes(StandardCharsets.UTF_8)));
        RestApi.assertProblem(422, "DOCUMENT_NAME_INVALID", "file", Server.upload(files + "?kind=OTHER&fileName=..%2Fa.txt", administrator, RestApi.PASSWORD, text));
        RestApi.assertProblem(400, "FIELD_INVALID", "kind", Server.upload(files + "?kind=X&fileName=a.txt", administrator, RestApi.PASSWORD, text));
        RestApi.assertProblem(413, "DOCUMENT_TOO_LARGE", "file", Server.upload(files + "?kind=OTHER&fileName=a.txt", administrator, RestApi.PASSWORD, new byte[25 * 1024 * 1024]));
        assertEquals(1, RestApi.ok(RestApi.as(administrator, "GET", files, null)).getJsonArray("documents").size());
    }

    @Test
    default void aChangeSaysItsDayAndWhetherItWasToldInTime() {
        Scene scene = new Scene(Contour.TEST);
        String administrator = administratorOf(scene, Contour.TEST);
        String change = "{\"kind\":\"CHANGE\",\"procedure\":\"KG-147\",\"answerEmail\":\"office@bank.example\",\"body\":\"Another address.\",\"day\":\"%s\"}";
        RestApi.assertProblem(422, "REPORTED_FOR_THE_FUTURE", "day", RestApi.as(administrator, "POST", REQUESTS, change.formatted(today().plusDays(2))));
        RestApi.assertProblem(400, "FIELD_INVALID", "day", RestApi.as(administrator, "POST", REQUESTS, change.formatted("yesterday")));
        JsonObject late = RestApi.created(RestApi.as(administrator, "POST", REQUESTS, change.formatted(today().minusDays(40))));
        assertEquals(today().minusDays(40) + " true", late.getString("day") + " " + late.getBoolean("late"));
    }

    private static LocalDate today() {
        return LocalDate.ofInstant(Clock.systemUTC().instant(), Installation.ZONE);
    }

    @Test
    default void productionAccessTakesTwoOfficials() {
        Scene scene = new Scene(Contour.TEST);
        String operator = RestApi.anAccount(Role.OPERATOR, Contour.PRODUCTION, null);
        String approver = RestApi.anAccount(Role.APPROVER, Contour.PRODUCTION, null);
        String participant = scene.participant.id().value().toString();
        JsonObject request = RestApi.created(RestApi.as(operator, "POST", REQUESTS,
                naming(product(operator, participant), letter(participant, scene.subsystem.id().value().toString(), "headcount")).build().toString()));
        String path = REQUESTS + "/" + request.getString("id");
        RestApi.ok(RestApi.as(operator, "POST", path + "/events", "{\"event\":\"CONFIRM\"}"));
        assertEquals("NOT_ASKED", RestApi.ok(RestApi.as(operator, "GET", path, null)).getJsonObject("company").getString("outcome"));
        assertEquals("PARTICIPANT_INN_MISSING", RestApi.ok(RestApi.as(operator, "POST", path + "/company-check", "{}")).getString("reason"));
        tickAll(operator, path);
        RestApi.assertProblem(409, "AGREEMENT_MISSING", "request", RestApi.as(operator, "POST", path + "/events", "{\"event\":\"GRANT\",\"reason\":\"in order\"}"));
        scene.agree(List.of("headcount"));
        whatTestHasToShow(operator, path, scene);
        Server.Response proposed = RestApi.as(operator, "POST", path + "/events", "{\"event\":\"GRANT\",\"reason\":\"in order\"}");
        assertEquals(202, proposed.status(), proposed::text);
        String proposal = "/api/v1/access/proposals/" + RestApi.json(proposed).getString("id") + "/events";
        assertEquals(403, RestApi.as(operator, "POST", proposal, "{\"event\":\"APPROVE\"}").status());
        assertEquals("APPROVED", RestApi.ok(RestApi.as(approver, "POST", proposal, "{\"event\":\"APPROVE\"}")).getString("outcome"));
        assertEquals("GRANTED", RestApi.ok(RestApi.as(operator, "GET", path, null)).getString("state"));
    }

    /** CON-160: five items that nobody ticks. */
    private static void whatTestHasToShow(String operator, String path, Scene scene) {
        RestApi.assertProblem(409, "STOPPING_NOT_SHOWN", "request", RestApi.as(operator, "POST", path + "/events", "{\"event\":\"GRANT\",\"reason\":\"in order\"}"));
        RestApi.assertProblem(422, "CHECKLIST_ITEM_UNKNOWN", "item", RestApi.as(operator, "POST", path + "/checks", "{\"item\":\"REFUSAL_CODES_HANDLED\",\"ticked\":true}"));
        assertEquals(List.of("app NO_CALLS_AFTER_STOP"), shown(operator, path));
        scene.showStopping(scene.subsystem);
        assertEquals(5, shown(operator, path).size());
        assertTrue(RestApi.ok(RestApi.as(operator, "GET", path, null)).getJsonArray("checklist").getValuesAs(JsonObject.class).stream()
                .anyMatch(item -> item.getString("code").equals("FREEZE_ACKNOWLEDGED") && item.getJsonObject("seen").containsKey("at")));
    }

    private static List<String> shown(String operator, String path) {
        return RestApi.ok(RestApi.as(operator, "GET", path, null)).getJsonArray("checklist").getValuesAs(JsonObject.class).stream()
                .filter(item -> item.containsKey("seen") && item.getBoolean("ticked")).map(item -> item.getString("subsystem") + " " + item.getString("code")).toList();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "events | {\"event\":\"CONFIRM\"}",
        "events | {\"event\":\"GRANT\",\"reason\":\"in order\"}",
        "events | {\"event\":\"REFUSE\",\"causes\":[{\"code\":\"OTHER\",\"text\":\"Not that one.\"}]}",
        "checks | {\"item\":\"SUBSYSTEM\",\"ticked\":true}"})
    default void aParticipantDecidesNothingOfItsOwnRequest(String part, String body) {
        Scene scene = new Scene(Contour.TEST);
        scene.apply(ConnectionEvent.DISCONNECT);
        String administrator = administratorOf(scene, Contour.TEST);
        JsonObject filed = RestApi.created(RestApi.as(administrator, "POST", REQUESTS, wish(scene.subsystem.id().value().toString(), "headcount").build().toString()));
        String path = REQUESTS + "/" + filed.getString("id");
        assertEquals(403, RestApi.as(administrator, "POST", path + "/" + part, body).status());
        assertEquals("SUBMITTED", RestApi.ok(RestApi.as(administrator, "GET", path, null)).getString("state"));
    }

    @Test
    default void aLiquidationIsReportedProposedAndApprovedByNobodyButAnApprover() {
        Scene scene = new Scene(Contour.TEST, Participants.APPLICATION);
        String administrator = administratorOf(scene, Contour.TEST);
        String operator = RestApi.anAccount(Role.OPERATOR, Contour.TEST, null);
        String path = "/api/v1/access/connections/" + scene.connection().id().value();
        String liquidate = "{\"event\":\"LIQUIDATE\",\"reason\":\"as reported\"}";
        assertEquals(403, RestApi.as(administrator, "POST", path + "/events", liquidate).status());
        RestApi.assertProblem(409, "LIQUIDATION_NOT_KNOWN", "event", RestApi.as(operator, "POST", path + "/events", liquidate));
        scene.report(ReportKind.LIQUIDATION, Contour.TEST);
        Server.Response proposed = RestApi.as(operator, "POST", path + "/events", liquidate);
        assertEquals(202, proposed.status(), proposed::text);
        String proposal = "/api/v1/access/proposals/" + RestApi.json(proposed).getString("id") + "/events";
        for (String one : List.of(administrator, operator)) {
            assertEquals(403, RestApi.as(one, "POST", proposal, "{\"event\":\"APPROVE\"}").status());
        }
        assertEquals("CONNECTED", RestApi.ok(RestApi.as(operator, "GET", path, null)).getString("state"));
        RestApi.ok(RestApi.as(RestApi.anAccount(Role.APPROVER, Contour.TEST, null), "POST", proposal, "{\"event\":\"APPROVE\"}"));
        assertEquals("DISCONNECTED", RestApi.ok(RestApi.as(operator, "GET", path, null)).getString("state"));
    }

    @Test
    default void aSuspensionStopsTheNextCall() {
        Scene scene = new Scene(Contour.TEST);
        String officer = RestApi.anOfficial(Contour.TEST, Role.SECURITY_OFFICER);
        String path = "/api/v1/access/connections/" + scene.connection().id().value();
        for (Role other : List.of(Role.OPERATOR, Role.AGREEMENTS_OFFICER, Role.APPROVER, Role.AUDITOR)) {
            assertEquals(403, RestApi.as(RestApi.anOfficial(Contour.TEST, other), "POST", path + "/events", "{\"event\":\"SUSPEND\",\"ground\":\"INCIDENT\",\"reason\":\"x\"}").status());
        }
        RestApi.assertProblem(422, "GROUND_NOT_LISTED", "ground", RestApi.as(officer, "POST", path + "/events", "{\"event\":\"SUSPEND\",\"reason\":\"x\"}"));
        RestApi.assertProblem(400, "FIELD_INVALID", "event", RestApi.as(officer, "POST", path + "/events", "{\"event\":\"RESTORE\",\"reason\":\"x\"}"));
        RestApi.assertProblem(404, "NOT_FOUND", "incident", RestApi.as(officer, "POST", path + "/events",
                "{\"event\":\"SUSPEND\",\"ground\":\"INCIDENT\",\"reason\":\"x\",\"incident\":\"" + UUID.randomUUID() + "\"}"));
        RestApi.assertProblem(422, "INCIDENT_KIND_UNKNOWN", "kind", RestApi.as(officer, "POST", DutiesOverRest.INCIDENTS,
                "{\"source\":\"OFFICER\",\"severity\":\"HIGH\",\"kind\":\"STORM\",\"text\":\"Wind.\"}"));
        JsonObject incident = RestApi.created(RestApi.as(officer, "POST", DutiesOverRest.INCIDENTS,
                "{\"source\":\"OFFICER\",\"severity\":\"HIGH\",\"kind\":\"DANGER_TO_DATA\",\"text\":\"A leak.\"}"));
        assertEquals("DANGER_TO_DATA", incident.getString("kind"));
        JsonObject suspended = RestApi.ok(RestApi.as(officer, "POST", path + "/events",
                "{\"event\":\"SUSPEND\",\"ground\":\"INCIDENT\",\"reason\":\"an incident\",\"incident\":\"" + incident.getString("id") + "\"}"));
        assertEquals(incident.getString("id"), suspended.getString("incident"));
        assertFalse(suspended.getBoolean("passesCalls"));
        RestApi.assertProblem(409, "TRANSITION_NOT_ALLOWED", "event",
                RestApi.as(officer, "POST", path + "/events", "{\"event\":\"SUSPEND\",\"ground\":\"INCIDENT\",\"reason\":\"again\"}"));
    }

    @Test
    default void everybodyReadsTheProcedures() {
        JsonObject procedure = RestApi.ok(Server.api("GET", "/api/v1/procedures/RU-1221", null, null, null));
        JsonObject version = procedure.getJsonArray("versions").getJsonObject(0);
        assertEquals(5, version.getJsonObject("deadlines").getJsonObject("DECIDE_PRODUCTION").getInt("workingDays"));
        assertEquals("000 §4.1", version.getJsonObject("deadlines").getJsonObject("DECIDE_PRODUCTION").getString("source"));
        RestApi.assertProblem(404, "NOT_FOUND", "procedure", Server.api("GET", "/api/v1/procedures/XX", null, null, null));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "400 | FIELD_MISSING | letter | {}",
        "400 | FIELD_MISSING | participant | {\"letter\":{\"sender\":\"a@b.kg\",\"receivedAt\":\"2026-11-01T00:00:00Z\"}}",
        "400 | FIELD_INVALID | letter.sender | {\"letter\":{\"sender\":\"a b@c\",\"receivedAt\":\"2026-11-01T00:00:00Z\"}}",
        "400 | FIELD_INVALID | letter.receivedAt | {\"letter\":{\"sender\":\"a@b.kg\",\"receivedAt\":\"yesterday\"}}",
        "400 | FIELD_UNKNOWN | letter.x | {\"letter\":{\"sender\":\"a@b.kg\",\"receivedAt\":\"2026-11-01T00:00:00Z\",\"x\":1}}",
        "400 | FIELD_INVALID | letter | {\"letter\":[]}"})
    default void aMalformedRequestIsRefusedWithItsField(int status, String code, String field, String body) {
        RestApi.assertProblem(status, code, field, RestApi.as(RestApi.anAccount(Role.OPERATOR, Contour.TEST, null), "POST", REQUESTS, body));
    }

    @Test
    default void theWorkListShowsWhatIsOwedFirst() {
        Scene scene = new Scene(Contour.TEST);
        scene.apply(ConnectionEvent.DISCONNECT);
        String operator = RestApi.anAccount(Role.OPERATOR, Contour.TEST, null);
        JsonObject request = RestApi.created(RestApi.as(operator, "POST", REQUESTS,
                letter(scene.participant.id().value().toString(), scene.subsystem.id().value().toString(), "headcount").build().toString()));
        assertTrue(RestApi.ok(RestApi.as(operator, "GET", "/api/v1/access/obligations?limit=500", null)).getJsonArray("obligations").getValuesAs(JsonObject.class).stream()
                .anyMatch(one -> one.getJsonObject("about").getString("id").equals(request.getString("id")) && one.getString("rule").equals("DECIDE_TEST")));
    }

    @Test
    default void anOperatorSeesWhatMovedAndSendsLettersAgain() {
        String operator = RestApi.anAccount(Role.OPERATOR, Contour.TEST, null);
        String deliveries = "/api/v1/access/notices/deliveries/" + UUID.randomUUID() + "/events";
        RestApi.assertProblem(404, "NOT_FOUND", "delivery", RestApi.as(operator, "POST", deliveries, "{\"event\":\"RESEND\",\"address\":\"office@bank.example\"}"));
        RestApi.assertProblem(400, "FIELD_INVALID", "event", RestApi.as(operator, "POST", deliveries, "{\"event\":\"FORGET\"}"));
        RestApi.assertProblem(400, "FIELD_UNKNOWN", "to", RestApi.as(operator, "POST", deliveries, "{\"event\":\"RESEND\",\"to\":\"office@bank.example\"}"));
        assertTrue(RestApi.ok(RestApi.as(operator, "GET", "/api/v1/access/obligations/moves?limit=1", null)).getJsonArray("moves").size() <= 1);
    }
}
