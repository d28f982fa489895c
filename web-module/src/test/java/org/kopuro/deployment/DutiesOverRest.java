package org.kopuro.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.kopuro.accounts.Role;
import org.kopuro.kernel.Contour;
import org.kopuro.testing.Scene;

/** Outages, changes, reports and incidents over REST. What is announced in PRODUCTION disturbs no call of the other tests. */
interface DutiesOverRest {

    String OUTAGES = "/api/v1/access/outages";
    String CHANGES = "/api/v1/access/changes";
    String REPORTS = "/api/v1/access/reports";
    String INCIDENTS = "/api/v1/access/incidents";

    private static JsonObjectBuilder outage(Instant now) {
        return Json.createObjectBuilder().add("services", Json.createArrayBuilder().add("headcount")).add("start", now.toString()).add("end", now.plus(Duration.ofMinutes(10)).toString())
                .add("reason", "A disk failed");
    }

    @Test
    default void anEmergencyIsPublishedSeenByParticipantsAndEnded() {
        Scene scene = new Scene(Contour.PRODUCTION);
        String participant = scene.participant.id().value().toString();
        String owner = RestApi.anOfficial(Contour.PRODUCTION, Role.SERVICE_OWNER);
        String administrator = AccessOverRest.administratorOf(scene, Contour.PRODUCTION);
        String emergency = outage(Clock.systemUTC().instant()).add("emergencyReason", "Data are in danger").build().toString();
        assertTrue(RestApi.ok(RestApi.as(owner, "POST", OUTAGES + "/preview", emergency)).getJsonArray("affected").toString().contains(participant));
        assertEquals(403, RestApi.as(administrator, "POST", OUTAGES, emergency).status());
        JsonObject published = RestApi.created(RestApi.as(owner, "POST", OUTAGES, emergency));
        assertTrue(published.getBoolean("emergency"));
        String path = OUTAGES + "/" + published.getString("id");
        try {
            RestApi.assertProblem(409, "OUTAGE_OVERLAPS", "services", RestApi.as(owner, "POST", OUTAGES, emergency));
            assertEquals("BEGUN", RestApi.ok(RestApi.as(administrator, "GET", path, null)).getString("state"));
            JsonObject list = RestApi.ok(RestApi.as(administrator, "GET", OUTAGES, null));
            assertFalse(list.getJsonArray("outages").isEmpty());
            assertTrue(list.getInt("emergenciesOfAYear") > 0);
            assertEquals(403, RestApi.as(administrator, "GET", path + "/affected", null).status());
            assertTrue(RestApi.ok(RestApi.as(owner, "GET", path + "/affected", null)).getJsonArray("affected").toString().contains(participant));
            RestApi.assertProblem(409, "TRANSITION_NOT_ALLOWED", "event", RestApi.as(owner, "POST", path + "/events", "{\"event\":\"WITHDRAWN\",\"reason\":\"x\"}"));
        } finally {
            assertEquals("ENDED", RestApi.ok(RestApi.as(owner, "POST", path + "/events", "{\"event\":\"ENDED\",\"reason\":\"repaired\"}")).getString("state"));
        }
    }

    @Test
    default void aChangeIsPublishedAndNotFoundAsAnOutage() {
        String owner = RestApi.anOfficial(Contour.PRODUCTION, Role.SERVICE_OWNER);
        String change = Json.createObjectBuilder().add("services", Json.createArrayBuilder().add("headcount")).add("firstDay", new Scene(Contour.PRODUCTION).today().plusYears(30).toString())
                .add("description", "A field more").add("emergencyReason", "by law").build().toString();
        JsonObject published = RestApi.created(RestApi.as(owner, "POST", CHANGES, change));
        String id = published.getString("id");
        assertEquals("PUBLISHED", RestApi.ok(RestApi.as(owner, "GET", CHANGES + "/" + id, null)).getString("state"));
        RestApi.assertProblem(404, "NOT_FOUND", "announcement", RestApi.as(owner, "GET", OUTAGES + "/" + id, null));
        RestApi.assertProblem(400, "FIELD_MISSING", "services", RestApi.as(owner, "POST", CHANGES + "/preview", "{}"));
        assertEquals("WITHDRAWN", RestApi.ok(RestApi.as(owner, "POST", CHANGES + "/" + id + "/withdrawal", "{\"reason\":\"not needed\"}")).getString("state"));
    }

    @Test
    default void aParticipantReportsAnOutageAndTheAuthorityHasAnIncident() {
        Scene scene = new Scene(Contour.PRODUCTION);
        String administrator = AccessOverRest.administratorOf(scene, Contour.PRODUCTION);
        String stranger = AccessOverRest.administratorOf(new Scene(Contour.PRODUCTION), Contour.PRODUCTION);
        // Whoever has several roles acts in the one that is wanted.
        String operator = RestApi.anOfficial(Contour.PRODUCTION, Role.OPERATOR, Role.SECURITY_OFFICER);
        Instant now = Clock.systemUTC().instant();
        String report = Json.createObjectBuilder().add("kind", "OUTAGE").add("procedure", "KG-147").add("start", now.minusSeconds(600).toString()).add("text", "Power cut").build().toString();
        RestApi.assertProblem(400, "FIELD_MISSING", "letter", RestApi.as(operator, "POST", REPORTS, report));
        JsonObject filed = RestApi.created(RestApi.as(administrator, "POST", REPORTS, report));
        String path = REPORTS + "/" + filed.getString("id");
        RestApi.assertProblem(404, "NOT_FOUND", "report", RestApi.as(stranger, "GET", path, null));
        RestApi.assertProblem(404, "NOT_FOUND", "report", RestApi.as(stranger, "POST", path + "/end", "{\"end\":\"" + now + "\"}"));
        assertEquals(0, RestApi.ok(RestApi.as(stranger, "GET", REPORTS, null)).getJsonArray("reports").size());
        RestApi.ok(RestApi.as(administrator, "POST", path + "/end", "{\"end\":\"" + now + "\"}"));
        String month = scene.today().toString().substring(0, 7);
        // The scene's clock stands; the report is of the server's.
        assertEquals(1, RestApi.ok(RestApi.as(administrator, "GET", REPORTS + "/downtime?first=" + month + "&last=" + month, null)).getJsonArray("months").size());
        RestApi.assertProblem(400, "FIELD_INVALID", "first", RestApi.as(administrator, "GET", REPORTS + "/downtime?first=x&last=y", null));
        assertEquals(403, RestApi.as(administrator, "GET", INCIDENTS, null).status());
        JsonObject incident = RestApi.ok(RestApi.as(operator, "GET", INCIDENTS + "?state=OPEN", null)).getJsonArray("incidents").getValuesAs(JsonObject.class).stream()
                .filter(one -> filed.getString("id").equals(one.getString("report", ""))).findFirst().orElseThrow();
        String events = INCIDENTS + "/" + incident.getString("id") + "/events";
        RestApi.assertProblem(400, "FIELD_INVALID", "event", RestApi.as(operator, "POST", events, "{\"event\":\"OPEN\",\"text\":\"x\"}"));
        assertEquals(403, RestApi.as(RestApi.anOfficial(Contour.PRODUCTION, Role.OPERATOR), "POST", events, "{}").status());
        RestApi.ok(RestApi.as(operator, "POST", events, "{\"event\":\"MEASURE\",\"text\":\"called\"}"));
        assertEquals("CLOSED", RestApi.ok(RestApi.as(operator, "POST", events, "{\"event\":\"CLOSE\",\"text\":\"power is back\"}")).getString("state"));
    }
}
