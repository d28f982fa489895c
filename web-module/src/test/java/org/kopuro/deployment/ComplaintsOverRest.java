package org.kopuro.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.kopuro.accounts.Role;
import org.kopuro.consent.IssuedToken;
import org.kopuro.kernel.Contour;
import org.kopuro.testing.Scene;

/** A taxpayer complains of a participant that demanded a form, and an officer answers (CON-158). */
interface ComplaintsOverRest {

    String COMPLAINTS = "/api/v1/complaints";

    @Test
    default void aTaxpayerComplainsAndReadsTheAnswerAmongHisTidings() {
        Scene scene = new Scene(Contour.TEST, Participants.APPLICATION);
        IssuedToken token = scene.token();
        String taxpayer = RestApi.anAccount(Role.TAXPAYER, Contour.TEST, scene.inn);
        String officer = RestApi.anOfficial(Contour.TEST, Role.SECURITY_OFFICER);
        String body = complaint(scene.participant.id().value().toString(), "They want a form.");

        JsonObject complaint = RestApi.created(RestApi.as(taxpayer, "POST", COMPLAINTS, body));
        assertEquals(List.of("RECEIVED", token.token().id().value().toString(), scene.inn.digits()), List.of(complaint.getString("state"), complaint.getString("token"), complaint.getString("inn")));
        RestApi.assertProblem(409, "COMPLAINT_WAITS_ALREADY", "participant", RestApi.as(taxpayer, "POST", COMPLAINTS, body));
        RestApi.assertProblem(400, "FIELD_UNKNOWN", "state", RestApi.as(taxpayer, "POST", COMPLAINTS, body.replaceFirst("\\{", "{\"state\":1,")));
        RestApi.assertProblem(400, "FIELD_TOO_LONG", "text", RestApi.as(taxpayer, "POST", COMPLAINTS, complaint(scene.participant.id().value().toString(), "x".repeat(2001))));
        RestApi.assertProblem(404, "NOT_FOUND", "participant", RestApi.as(taxpayer, "POST", COMPLAINTS, complaint("00000000-0000-4000-8000-000000000000", "They want a form.")));
        assertTrue(RestApi.ok(RestApi.as(officer, "GET", COMPLAINTS + "?state=RECEIVED", null)).getJsonArray("complaints").stream().map(JsonValue::asJsonObject)
                .anyMatch(one -> one.equals(complaint)));
        RestApi.ok(RestApi.as(officer, "GET", "/api/v1/access/incidents/" + complaint.getString("incident"), null));

        String path = COMPLAINTS + "/" + complaint.getString("id") + "/answer";
        String answer = Json.createObjectBuilder().add("text", "They were told.").build().toString();
        assertEquals("ANSWERED", RestApi.ok(RestApi.as(officer, "POST", path, answer)).getString("state"));
        RestApi.assertProblem(409, "COMPLAINT_ANSWERED_ALREADY", "complaint", RestApi.as(officer, "POST", path, answer));
        assertEquals("They were told.", RestApi.ok(RestApi.as(taxpayer, "GET", COMPLAINTS, null)).getJsonArray("complaints").getJsonObject(0).getString("answer"));
        JsonObject tiding = RestApi.ok(RestApi.as(taxpayer, "GET", "/api/v1/tidings", null)).getJsonArray("tidings").getJsonObject(0);
        assertEquals(List.of("COMPLAINT_ANSWERED", "They were told."), List.of(tiding.getString("tiding"), tiding.getString("reason")));
    }

    private static String complaint(String participant, String text) {
        return Json.createObjectBuilder().add("participant", participant).add("text", text).build().toString();
    }
}
