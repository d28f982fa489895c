package org.kopuro.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.kopuro.access.agreements.AgreementTerms;
import org.kopuro.accounts.Role;
import org.kopuro.kernel.Contour;
import org.kopuro.testing.Scene;

/** Agreements by the programs of officials and participants, over REST. */
interface AgreementsOverRest {

    String AGREEMENTS = "/api/v1/access/agreements";

    @Test
    default void anOfficerMakesAnAgreementThatItsParticipantReads() {
        Scene scene = new Scene(Contour.TEST);
        String officer = RestApi.anOfficial(Contour.PRODUCTION, Role.AGREEMENTS_OFFICER);
        String administrator = AccessOverRest.administratorOf(scene, Contour.PRODUCTION);
        String number = UUID.randomUUID().toString();
        String draft = Json.createObjectBuilder().add("participant", scene.participant.id().value().toString()).add("procedure", Scene.PROCEDURE).add("number", number).build().toString();
        assertEquals(403, RestApi.as(administrator, "POST", AGREEMENTS, draft).status());
        assertEquals(403, RestApi.as(RestApi.anOfficial(Contour.PRODUCTION, Role.OPERATOR, Role.APPROVER), "POST", AGREEMENTS, draft).status());
        RestApi.assertProblem(400, "FIELD_INVALID", "contour", RestApi.as(RestApi.anOfficial(Contour.TEST, Role.AGREEMENTS_OFFICER), "POST", AGREEMENTS, draft));
        String path = AGREEMENTS + "/" + RestApi.created(RestApi.as(officer, "POST", AGREEMENTS, draft)).getString("id");
        RestApi.assertProblem(409, "AGREEMENT_NUMBER_TAKEN", "number", RestApi.as(officer, "POST", AGREEMENTS, draft));
        RestApi.assertProblem(400, "FIELD_INVALID", "consentKeptMonths", RestApi.as(officer, "POST", path + "/events", terms(scene, "SIGN").add("consentKeptMonths", 0.5).build().toString()));
        RestApi.assertProblem(400, "FIELD_INVALID", "event", RestApi.as(officer, "POST", path + "/events", "{\"event\":\"EXPIRE\"}"));
        RestApi.assertProblem(422, "AGREEMENT_DOCUMENT_UNKNOWN", "document", RestApi.as(officer, "POST", path + "/events", terms(scene, "SIGN").build().toString()));
        byte[] text = "Соглашение.".getBytes(StandardCharsets.UTF_8);
        assertEquals(403, Server.upload(path + "/documents?fileName=a.txt", administrator, RestApi.PASSWORD, text).status());
        RestApi.assertProblem(404, "NOT_FOUND", "agreement", Server.upload(path + "/documents?fileName=a.txt", RestApi.anOfficial(Contour.TEST, Role.AGREEMENTS_OFFICER), RestApi.PASSWORD, text));
        RestApi.assertProblem(413, "DOCUMENT_TOO_LARGE", "file", Server.upload(path + "/documents?fileName=a.txt", officer, RestApi.PASSWORD, new byte[25 * 1024 * 1024]));
        String draftFile = RestApi.created(Server.upload(path + "/documents?fileName=draft.txt", officer, RestApi.PASSWORD, text)).getString("id");
        String file = RestApi.created(Server.upload(path + "/documents?fileName=agreement.txt", officer, RestApi.PASSWORD, text)).getString("id");
        assertEquals(0, RestApi.ok(RestApi.as(administrator, "GET", path + "/documents", null)).getJsonArray("documents").size());
        RestApi.assertProblem(404, "NOT_FOUND", "document", RestApi.as(administrator, "GET", path + "/documents/" + file, null));
        RestApi.assertProblem(422, "AGREEMENT_CONFIRMATION_MISSING", "confirmations",
                RestApi.as(officer, "POST", path + "/events", terms(scene, "SIGN").add("document", file).remove("confirmations").build().toString()));
        for (String mandatory : List.of("noticeEmail", "suspensionBasis")) {
            RestApi.assertProblem(400, "FIELD_MISSING", mandatory, RestApi.as(officer, "POST", path + "/events", terms(scene, "SIGN").add("document", file).remove(mandatory).build().toString()));
        }
        assertEquals("IN_FORCE", RestApi.ok(RestApi.as(officer, "POST", path + "/events", terms(scene, "SIGN").add("document", file).build().toString())).getString("state"));
        assertEquals("Соглашение.", RestApi.as(administrator, "GET", path + "/documents/" + file, null).text());
        RestApi.assertProblem(404, "NOT_FOUND", "document", RestApi.as(administrator, "GET", path + "/documents/" + draftFile, null));
        assertEquals(2, RestApi.ok(RestApi.as(RestApi.anAccount(Role.AUDITOR, Contour.PRODUCTION, null), "GET", path + "/documents", null)).getJsonArray("documents").size());
        RestApi.assertProblem(409, "TRANSITION_NOT_ALLOWED", "event", RestApi.as(officer, "POST", path + "/events", terms(scene, "SIGN").add("document", file).build().toString()));
        RestApi.ok(RestApi.as(officer, "POST", path + "/events", terms(scene, "AMEND").add("document", file).add("reason", "another format").build().toString()));
        JsonObject read = RestApi.ok(RestApi.as(administrator, "GET", path, null));
        assertEquals(2, read.getInt("version"));
        assertEquals("notices@example.kg", read.getJsonObject("terms").getString("noticeEmail"));
        assertEquals("An incident, 7.1.", read.getJsonObject("terms").getString("suspensionBasis"));
        assertEquals(2, read.getJsonArray("versions").size());
        assertEquals(1, RestApi.ok(RestApi.as(administrator, "GET", AGREEMENTS, null)).getJsonArray("agreements").size());
        String stranger = AccessOverRest.administratorOf(new Scene(Contour.TEST), Contour.PRODUCTION);
        RestApi.assertProblem(404, "NOT_FOUND", "agreement", RestApi.as(stranger, "GET", path, null));
        RestApi.assertProblem(404, "NOT_FOUND", "agreement", RestApi.as(stranger, "GET", path + "/documents/" + file, null));
        RestApi.assertProblem(422, "NOT_A_LEGACY_AGREEMENT", "agreement", RestApi.as(officer, "POST", path + "/admissions",
                Json.createObjectBuilder().add("subsystem", scene.subsystem.id().value().toString()).add("reason", "x").build().toString()));
    }

    private static JsonObjectBuilder terms(Scene scene, String event) {
        AgreementTerms terms = scene.terms(scene.today(), null, Set.of("headcount"));
        return Json.createObjectBuilder().add("event", event).add("signedOn", terms.signedOn().toString()).add("firstDay", terms.firstDay().toString())
                .add("dataFormat", terms.dataFormat()).add("consentForm", terms.consentForm()).add("consentKeptMonths", terms.consentKeptMonths())
                .add("consentTransferFormat", terms.consentTransferFormat()).add("authoritySignatory", terms.authoritySignatory())
                .add("participantSignatory", terms.participantSignatory()).add("services", Json.createArrayBuilder(terms.services())).add("document", terms.document().toString())
                .add("confirmations", Json.createArrayBuilder(terms.confirmations().stream().map(Enum::name).toList()))
                .add("noticeEmail", terms.noticeEmail().orElseThrow()).add("suspensionBasis", terms.suspensionBasis().orElseThrow());
    }
}
