package org.kopuro.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.kopuro.access.ConnectionEvent;
import org.kopuro.accounts.Role;
import org.kopuro.kernel.Contour;
import org.kopuro.testing.Scene;

/** Who is told, how letters are headed, and how a procedure is published, over REST. */
interface ClocksOverRest {

    String STAFF = "/api/v1/access/staff";
    String PROCEDURES = "/api/v1/procedures";
    String PUBLISHING = "/api/v1/access/procedure-proposals";

    @Test
    default void officialsSetWhoIsToldAndSeeWhatCouldNotBe() {
        String operator = RestApi.anAccount(Role.OPERATOR, Contour.PRODUCTION, null);
        String auditor = RestApi.anAccount(Role.AUDITOR, Contour.PRODUCTION, null);
        String administrator = AccessOverRest.administratorOf(new Scene(Contour.PRODUCTION), Contour.PRODUCTION);
        JsonObject unit = Json.createObjectBuilder().add("procedure", "RU-1221").add("firstDay", LocalDate.of(2099, 1, 1).toString()).add("name", "Lending unit").add("language", "KY")
                .add("addresses", Json.createArrayBuilder().add("unit@tax.example"))
                .add("head", Json.createObjectBuilder().add("language", "RU").add("addresses", Json.createArrayBuilder().add("head@tax.example"))).build();
        assertEquals(403, RestApi.as(administrator, "POST", STAFF, unit.toString()).status());
        assertEquals(403, RestApi.as(auditor, "POST", STAFF, unit.toString()).status());
        assertEquals(403, RestApi.as(administrator, "GET", STAFF + "/untold", null).status());
        String id = RestApi.created(RestApi.as(operator, "POST", STAFF, unit.toString())).getString("id");
        assertTrue(RestApi.ok(RestApi.as(auditor, "GET", STAFF, null)).getJsonArray("units").toString().contains(id));
        assertFalse(RestApi.ok(RestApi.as(RestApi.anAccount(Role.OPERATOR, Contour.TEST, null), "GET", STAFF, null)).getJsonArray("units").toString().contains(id));
        RestApi.assertProblem(400, "FIELD_MISSING", "head", RestApi.as(operator, "POST", STAFF, Json.createObjectBuilder(unit).remove("head").build().toString()));
        RestApi.assertProblem(400, "FIELD_INVALID", "addresses",
                RestApi.as(operator, "POST", STAFF, Json.createObjectBuilder(unit).add("addresses", Json.createArrayBuilder().add("nowhere")).build().toString()));
        JsonObject untold = RestApi.ok(RestApi.as(auditor, "GET", STAFF + "/untold", null));
        assertTrue(untold.containsKey("obligations") && untold.containsKey("notices"), untold.toString());
    }

    @Test
    default void anApplicantCopiesTheSubjectAndAnOfficialIsWarnedWhereItDidNot() {
        Scene scene = new Scene(Contour.TEST);
        scene.apply(ConnectionEvent.DISCONNECT);
        String operator = RestApi.anAccount(Role.OPERATOR, Contour.TEST, null);
        String administrator = AccessOverRest.administratorOf(scene, Contour.TEST);
        String subject = AccessOverRest.REQUESTS + "/subject?procedure=KG-147&kind=CONNECT";
        assertEquals("[ГНС Participant] [connection]", RestApi.ok(RestApi.as(administrator, "GET", subject, null)).getString("subject"));
        RestApi.assertProblem(400, "FIELD_MISSING", "participant", RestApi.as(operator, "GET", subject, null));
        RestApi.assertProblem(400, "FIELD_INVALID", "kind", RestApi.as(administrator, "GET", AccessOverRest.REQUESTS + "/subject?procedure=KG-147&kind=JOIN", null));
        assertTrue(RestApi.ok(RestApi.as(administrator, "GET", AccessOverRest.REQUESTS + "/subject?procedure=RU-422-696&kind=RESTORE", null)).isEmpty());
        JsonObject letter = AccessOverRest.letter(scene.participant.id().value().toString(), scene.subsystem.id().value().toString(), "headcount").build();
        String path = AccessOverRest.REQUESTS + "/" + RestApi.created(RestApi.as(operator, "POST", AccessOverRest.REQUESTS, letter.toString())).getString("id");
        assertEquals("[ГНС Participant] [connection]", RestApi.ok(RestApi.as(operator, "GET", path, null)).getString("subjectExpected"));
        assertFalse(RestApi.ok(RestApi.as(administrator, "GET", path, null)).containsKey("subjectExpected"));
    }

    @Test
    default void whatIsOpenIsListedPageByPageForOfficialsAndForItsParticipant() {
        String tasks = "/api/v1/access/tasks";
        Scene scene = new Scene(Contour.TEST, Participants.APPLICATION);
        String operator = RestApi.anAccount(Role.OPERATOR, Contour.TEST, null);
        String administrator = AccessOverRest.administratorOf(scene, Contour.TEST);
        String request = RestApi.created(RestApi.as(administrator, "POST", AccessOverRest.REQUESTS,
                "{\"kind\":\"DISCONNECT\",\"procedure\":\"KG-147\",\"answerEmail\":\"office@bank.example\",\"body\":\"Please.\"}")).getString("id");
        String owed = tasks + "?kind=OBLIGATION&owes=AUTHORITY&late=false&limit=1";
        JsonObject first = RestApi.ok(RestApi.as(administrator, "GET", owed, null));
        JsonObject task = first.getJsonArray("tasks").getJsonObject(0);
        assertEquals(List.of("CONFIRM_REQUEST", "AUTHORITY", request, scene.connection().id().value().toString()),
                List.of(task.getString("rule"), task.getString("owedBy"), task.getJsonObject("about").getString("id"), task.getString("connection")));
        JsonObject second = RestApi.ok(RestApi.as(operator, "GET", owed + "&connection=" + task.getString("connection") + "&after=" + first.getString("next"), null));
        assertEquals("DISCONNECT_ON_REQUEST", second.getJsonArray("tasks").getJsonObject(0).getString("rule"));
        assertFalse(RestApi.ok(RestApi.as(operator, "GET", owed + "&after=" + second.getString("next") + "&participant=" + task.getString("participant"), null)).containsKey("next"));
        String stranger = AccessOverRest.administratorOf(new Scene(Contour.TEST, Participants.APPLICATION), Contour.TEST);
        RestApi.assertProblem(404, "NOT_FOUND", "connection", RestApi.as(stranger, "GET", tasks + "?connection=" + task.getString("connection"), null));
        RestApi.assertProblem(404, "NOT_FOUND", "participant", RestApi.as(stranger, "GET", tasks + "?participant=" + task.getString("participant"), null));
        RestApi.assertProblem(400, "FIELD_INVALID", "owes", RestApi.as(operator, "GET", tasks + "?owes=NOBODY", null));
        RestApi.assertProblem(400, "FIELD_INVALID", "late", RestApi.as(operator, "GET", tasks + "?late=maybe", null));
        RestApi.assertProblem(400, "FIELD_INVALID", "after", RestApi.as(operator, "GET", tasks + "?after=yesterday", null));
        RestApi.assertProblem(400, "FIELD_INVALID", "limit", RestApi.as(operator, "GET", tasks + "?limit=501", null));
    }

    @Test
    default void aVersionIsReadByEverybodyAndPublishedByTwoOfficials() {
        JsonObject shown = RestApi.ok(RestApi.as(null, "GET", PROCEDURES + "/KG-147/versions/1", null));
        assertEquals("KG-147", shown.getString("code"));
        RestApi.assertProblem(404, "NOT_FOUND", "procedure", RestApi.as(null, "GET", PROCEDURES + "/KG-147/versions/99", null));
        String code = "T-" + UUID.randomUUID().toString().substring(0, 8);
        String document = Json.createObjectBuilder(shown).add("code", code).add("firstDay", "2099-01-01").build().toString();
        String path = PROCEDURES + "/" + code + "/versions";
        assertEquals(401, RestApi.as(null, "POST", path + "?reason=law", document).status());
        assertEquals(403, RestApi.as(RestApi.anAccount(Role.APPROVER, Contour.PRODUCTION, null), "POST", path + "?reason=law", document).status());
        RestApi.assertProblem(403, "PROCEDURE_NOT_OF_THIS_CONTOUR", "contour", RestApi.as(RestApi.anOfficial(Contour.TEST, Role.PROCEDURE_EDITOR), "POST", path + "?reason=law", document));
        String editor = RestApi.anOfficial(Contour.PRODUCTION, Role.PROCEDURE_EDITOR);
        RestApi.assertProblem(400, "FIELD_MISSING", "reason", RestApi.as(editor, "POST", path, document));
        RestApi.assertProblem(422, "PROCEDURE_RULE_MISSING", "deadlines.CONFIRM_REQUEST",
                RestApi.as(editor, "POST", path + "?reason=law", Json.createObjectBuilder(shown).add("code", code).add("deadlines", Json.createObjectBuilder()).build().toString()));
        Server.Response proposed = RestApi.as(editor, "POST", path + "?reason=law", document);
        assertEquals(202, proposed.status());
        String proposal = PUBLISHING + "/" + RestApi.json(proposed).getString("id") + "/events";
        assertTrue(RestApi.ok(RestApi.as(editor, "GET", PUBLISHING, null)).getJsonArray("proposals").toString().contains(code));
        assertEquals(403, RestApi.as(editor, "POST", proposal, "{\"event\":\"APPROVE\"}").status());
        String approver = RestApi.anAccount(Role.APPROVER, Contour.PRODUCTION, null);
        assertEquals("APPROVED", RestApi.ok(RestApi.as(approver, "POST", proposal, "{\"event\":\"APPROVE\"}")).getString("outcome"));
        assertEquals("2099-01-01", RestApi.ok(RestApi.as(null, "GET", path + "/1", null)).getString("firstDay"));
        RestApi.assertProblem(409, "PROCEDURE_VERSION_TAKEN", "version", RestApi.as(editor, "POST", path + "?reason=law", document));
    }

    /** Of a day long gone, so that no deadline moves. */
    @Test
    default void aDayIsSetAndClearedByAnEditorAlone() {
        String calendars = "/api/v1/access/calendars";
        String day = calendars + "/KG/days/2026-01-17";
        String body = "{\"kind\":\"WORKING\",\"name\":\"a transfer\",\"source\":\"by a decree\"}";
        String editor = RestApi.anOfficial(Contour.PRODUCTION, Role.PROCEDURE_EDITOR);
        assertEquals(403, RestApi.as(RestApi.anAccount(Role.AUDITOR, Contour.PRODUCTION, null), "PUT", day, body).status());
        RestApi.assertProblem(403, "CALENDAR_NOT_OF_THIS_CONTOUR", "contour", RestApi.as(RestApi.anOfficial(Contour.TEST, Role.PROCEDURE_EDITOR), "PUT", day, body));
        RestApi.assertProblem(400, "FIELD_INVALID", "kind", RestApi.as(editor, "PUT", day, body.replace("WORKING", "HALF")));
        assertTrue(RestApi.ok(RestApi.as(editor, "PUT", day, body)).containsKey("moves"));
        assertTrue(RestApi.ok(RestApi.as(editor, "GET", calendars + "/KG/2026", null)).getJsonArray("days").toString().contains("2026-01-17"));
        assertTrue(RestApi.ok(RestApi.as(editor, "GET", calendars, null)).getJsonArray("calendars").toString().contains("Asia/Bishkek"));
        RestApi.assertProblem(400, "FIELD_MISSING", "source", RestApi.as(editor, "DELETE", day, null));
        assertEquals("KG", RestApi.ok(RestApi.as(editor, "DELETE", day + "?source=decree", null)).getString("calendar"));
        RestApi.assertProblem(404, "NOT_FOUND", "day", RestApi.as(editor, "DELETE", day + "?source=decree", null));
    }

    /** Of a year in which nothing is due. */
    @Test
    default void aYearIsImportedByAnEditorAlone() {
        String year = "/api/v1/access/calendars/KG/years/2031";
        String editor = RestApi.anOfficial(Contour.PRODUCTION, Role.PROCEDURE_EDITOR);
        String csv = "date,kind,name\n2031-05-01,NON_WORKING,A holiday\n";
        String ics = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTAMP:20300101T000000Z\r\nDTSTART;VALUE=DATE:20310509\r\nSUMMARY:A holiday\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
        assertEquals(403, put(RestApi.anAccount(Role.OPERATOR, Contour.PRODUCTION, null), year + "?source=x", "text/csv", csv).status());
        RestApi.assertProblem(403, "CALENDAR_NOT_OF_THIS_CONTOUR", "contour", put(RestApi.anOfficial(Contour.TEST, Role.PROCEDURE_EDITOR), year + "?source=x", "text/csv", csv));
        RestApi.assertProblem(400, "FIELD_MISSING", "source", put(editor, year, "text/csv", csv));
        RestApi.assertProblem(422, "KIND_UNKNOWN", "line 2", put(editor, year + "?source=x", "text/csv", csv.replace("NON_WORKING", "HALF")));
        RestApi.assertProblem(413, "FILE_TOO_LARGE", "file", put(editor, year + "?source=x", "text/csv", csv + "x".repeat(1_048_576)));
        assertEquals(415, put(editor, year + "?source=x", "text/plain", csv).status());
        assertTrue(RestApi.ok(put(editor, year + "?source=x", "text/csv; charset=UTF-8", csv)).containsKey("moves"));
        assertTrue(RestApi.ok(put(editor, year + "?source=x", "text/calendar", ics)).containsKey("revision"));
        assertTrue(RestApi.ok(RestApi.as(editor, "GET", "/api/v1/access/calendars/KG/2031", null)).getJsonArray("days").toString().contains("2031-05-09"));
    }

    private static Server.Response put(String login, String path, String type, String file) {
        return Server.send("PUT", path, file.getBytes(StandardCharsets.UTF_8), Map.of("Content-Type", type, "Accept-Language", "en", "Authorization",
                "Basic " + Base64.getEncoder().encodeToString((login + ":" + RestApi.PASSWORD).getBytes(StandardCharsets.UTF_8))));
    }

    @Test
    default void aTextOfNoticesIsProposedByAnEditorAndPublishedByAnApprover() {
        String templates = "/api/v1/access/notice-templates";
        JsonObject text = Json.createObjectBuilder().add("kind", "N10").add("procedure", "RU-1221").add("language", "EN").add("validFrom", "2099-01-01").add("subject", "Closed, {{number}}")
                .add("body", "Closed: {{requestKind}}").add("reason", "clearer").build();
        String editor = RestApi.anOfficial(Contour.PRODUCTION, Role.PROCEDURE_EDITOR);
        RestApi.assertProblem(404, "NOT_FOUND", "procedure", RestApi.as(editor, "POST", templates, Json.createObjectBuilder(text).add("procedure", "XX").build().toString()));
        RestApi.assertProblem(422, "TEMPLATE_FACT_UNKNOWN", "body", RestApi.as(editor, "POST", templates, Json.createObjectBuilder(text).add("body", "{{nobody}}").build().toString()));
        Server.Response proposed = RestApi.as(editor, "POST", templates, text.toString());
        assertEquals(202, proposed.status());
        RestApi.assertProblem(409, "TEMPLATE_PROPOSED_ALREADY", "kind", RestApi.as(editor, "POST", templates, text.toString()));
        String events = templates + "/proposals/" + RestApi.json(proposed).getString("id") + "/events";
        assertTrue(RestApi.ok(RestApi.as(editor, "GET", templates + "/proposals", null)).getJsonArray("proposals").toString().contains("Closed, {{number}}"));
        assertEquals(403, RestApi.as(editor, "POST", events, "{\"event\":\"APPROVE\"}").status());
        assertEquals("APPROVED", RestApi.ok(RestApi.as(RestApi.anAccount(Role.APPROVER, Contour.PRODUCTION, null), "POST", events, "{\"event\":\"APPROVE\"}")).getString("outcome"));
        assertTrue(RestApi.ok(RestApi.as(editor, "GET", templates + "?kind=N10", null)).getJsonArray("templates").toString().contains("2099-01-01"));
    }
}
