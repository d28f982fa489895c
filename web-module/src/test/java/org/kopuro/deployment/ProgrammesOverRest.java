package org.kopuro.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.kopuro.accounts.Role;
import org.kopuro.kernel.Contour;
import org.kopuro.participants.CertificatePurpose;
import org.kopuro.participants.NewCertificate;
import org.kopuro.participants.SigningCertificate;
import org.kopuro.testing.Scene;
import org.kopuro.testing.TestAccounts;
import org.kopuro.testing.TestCertificates;
import org.kopuro.testing.TestProgrammes;

/** Programmes, their rules and accreditations over REST; and a bank's system that signs in by the certificate of its connection. */
interface ProgrammesOverRest {

    String PROGRAMMES = "/api/v1/programmes";

    @Test
    default void rulesAreProposedByOneAndApprovedByAnother() {
        String programme = TestProgrammes.programme("FLAG");
        String path = PROGRAMMES + "/" + programme + "/rule-sets";
        String proposer = RestApi.anAccount(Role.METHODOLOGY_OWNER, Contour.PRODUCTION, null);
        JsonObject proposed = RestApi.created(RestApi.as(proposer, "POST", path, rules().build().toString()));
        assertEquals("PROPOSED 2", proposed.getString("state") + " " + proposed.getInt("version"));
        String approve = path + "/" + proposed.getString("id") + "/events";
        RestApi.assertProblem(403, "RULE_SET_OWN_PROPOSAL", "proposal", RestApi.as(proposer, "POST", approve, "{\"event\":\"APPROVE\"}"));
        assertEquals(403, RestApi.as(RestApi.anAccount(Role.OPERATOR, Contour.PRODUCTION, null), "POST", approve, "{\"event\":\"APPROVE\"}").status());
        String bank = aBankOperator(new Scene(Contour.TEST, Participants.APPLICATION));
        assertEquals(1, RestApi.ok(RestApi.as(bank, "GET", path, null)).getJsonArray("ruleSets").size(), "what is only proposed is no bank's matter");
        String other = RestApi.anAccount(Role.METHODOLOGY_OWNER, Contour.PRODUCTION, null);
        assertEquals("APPROVED", RestApi.ok(RestApi.as(other, "POST", approve, "{\"event\":\"APPROVE\"}")).getString("state"));
        JsonObject held = RestApi.ok(RestApi.as(bank, "GET", path, null)).getJsonArray("ruleSets").getJsonObject(0);
        assertEquals("12792.00 300000000.00", held.getJsonObject("formula").getString("wage") + " " + held.getJsonObject("formula").getString("cap"));
        assertEquals(rules().build().get("eligibility"), held.get("eligibility"));
        assertFalse(held.containsKey("proposedBy"));
        RestApi.assertProblem(400, "FIELD_INVALID", "monthRules[0].to", RestApi.as(proposer, "POST", path, rules().add("monthRules", Json.createArrayBuilder().add(Json.createObjectBuilder()
                .add("to", "2021-11-18").add("metric", "TRIPLE_WITH_GPC"))).build().toString()));
    }

    @Test
    default void aProgrammeIsChangedByTwoAndWatchedByAnotherBodyThen() {
        String programme = TestProgrammes.programme("FLAG");
        String path = PROGRAMMES + "/" + programme + "/changes";
        String operator = RestApi.anAccount(Role.OPERATOR, Contour.PRODUCTION, null);
        String owner = RestApi.anAccount(Role.METHODOLOGY_OWNER, Contour.PRODUCTION, null);
        String regulator = "R" + programme.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "");
        RestApi.assertProblem(422, "PROGRAMME_REFERS_TO_NOTHING", "regulator", RestApi.as(operator, "POST", path, "{\"regulator\":\"" + regulator + "\",\"reason\":\"A decree.\"}"));
        RestApi.created(RestApi.as(operator, "POST", PROGRAMMES + "/regulators", "{\"code\":\"" + regulator + "\",\"names\":{\"ru\":\"О\",\"ky\":\"О\",\"en\":\"B\"}}"));
        JsonObject proposed = RestApi.created(RestApi.as(operator, "POST", path, "{\"regulator\":\"" + regulator + "\",\"activeTo\":\"2026-12-31\",\"duplicatePolicy\":\"BLOCK\",\"reason\":\"A decree.\"}"));
        String decide = path + "/" + proposed.getString("id") + "/events";
        assertEquals(403, RestApi.as(operator, "POST", decide, "{\"event\":\"APPROVE\"}").status());
        assertEquals("APPROVED", RestApi.ok(RestApi.as(owner, "POST", decide, "{\"event\":\"APPROVE\"}")).getString("state"));
        JsonObject changed = RestApi.ok(RestApi.as(operator, "GET", PROGRAMMES + "/" + programme, null));
        assertEquals(regulator + " 2026-12-31 BLOCK", changed.getString("regulator") + " " + changed.getString("activeTo") + " " + changed.getString("duplicatePolicy"));
        assertEquals(1, RestApi.ok(RestApi.as(owner, "GET", path, null)).getJsonArray("changes").size());
    }

    @Test
    default void aRegulatorAccreditsBanksToItsOwnProgrammesAlone() {
        Scene scene = new Scene(Contour.TEST, Participants.APPLICATION);
        String regulator = TestProgrammes.regulator();
        String programme = TestProgrammes.programme("FLAG", false, regulator);
        String operator = RestApi.anAccount(Role.OPERATOR, Contour.TEST, null);
        String watcher = RestApi.anAccount(Role.REGULATOR, Contour.TEST, null);
        String path = PROGRAMMES + "/" + programme + "/accreditations";
        String accreditation = Json.createObjectBuilder().add("bank", scene.participant.id().value().toString()).add("from", "2026-01-01").add("reason", "A letter.").build().toString();
        RestApi.assertProblem(403, "PROGRAMME_OF_ANOTHER_REGULATOR", "programme", RestApi.as(watcher, "POST", path, accreditation));
        String accounts = PROGRAMMES + "/regulators/" + regulator + "/accounts";
        String added = RestApi.created(RestApi.as(operator, "POST", accounts, "{\"login\":\"" + watcher + "\"}")).getJsonArray("accounts").getJsonObject(0).getString("account");
        scene.connect(Contour.TEST, "RU-1221");
        assertTrue(RestApi.ok(RestApi.as(watcher, "GET", PROGRAMMES + "/banks", null)).getJsonArray("banks").stream()
                .anyMatch(one -> one.asJsonObject().getString("id").equals(scene.participant.id().value().toString())), "whom it can accredit");
        assertEquals(200, RestApi.as(watcher, "GET", "/api/v1/loan-alerts/reports", null).status());
        assertEquals(403, RestApi.as(watcher, "GET", "/api/v1/loan-alerts/sheets", null).status());
        assertTrue(RestApi.ok(RestApi.as(operator, "GET", "/api/v1/loan-alerts/sheets", null)).containsKey("nights"));
        JsonObject given = RestApi.created(RestApi.as(watcher, "POST", path, accreditation));
        RestApi.assertProblem(409, "ACCREDITATION_OVERLAPS", "from", RestApi.as(watcher, "POST", path, accreditation));
        String bank = aBankOperator(scene);
        JsonObject seen = RestApi.ok(RestApi.as(bank, "GET", PROGRAMMES + "/" + programme, null));
        assertEquals("2026-01-01", seen.getJsonArray("accredited").getJsonObject(0).getString("from"));
        assertEquals(403, RestApi.as(bank, "GET", path, null).status());
        assertEquals("2026-02-01", RestApi.ok(RestApi.as(watcher, "POST", path + "/" + given.getString("id") + "/end", "{\"lastDay\":\"2026-02-01\",\"reason\":\"Another letter.\"}"))
                .getString("to"));
        assertEquals(204, RestApi.as(operator, "DELETE", accounts + "/" + added, null).status());
        RestApi.assertProblem(403, "PROGRAMME_OF_ANOTHER_REGULATOR", "programme", RestApi.as(watcher, "GET", path, null));
        assertEquals(List.of(given.getString("id")), RestApi.ok(RestApi.as(operator, "GET", path, null)).getJsonArray("accreditations").stream().map(JsonValue::asJsonObject)
                .map(one -> one.getString("id")).toList());
        assertEquals(403, RestApi.as(watcher, "GET", "/api/v1/access/requests", null).status(), "another body's people see nothing of the authority's matters");
    }

    @Test
    default void aBanksSystemSignsInByTheCertificateOfItsConnection() {
        Scene scene = new Scene(Contour.TEST, Participants.APPLICATION);
        assertEquals(401, send(Tls.BANK, PROGRAMMES, Map.of()), "registered nowhere");
        scene.application.run(org.kopuro.participants.Participants.class, participants -> participants.registerCertificate(
                NewCertificate.fromLetter(scene.subsystem.id(), Contour.TEST, CertificatePurpose.TLS, SigningCertificate.read(Tls.BANK.der(), "pem"), "a letter of a test"), Scene.OFFICIAL));
        assertEquals(200, send(Tls.BANK, PROGRAMMES, Map.of()));
        assertEquals(401, send(Tls.BANK, PROGRAMMES, Map.of("Authorization", "Basic bm9ib2R5Ong=")), "a header wins");
        assertEquals(401, send(Tls.BANK, "/api/v1/access/connections", Map.of()), "elsewhere a certificate is nobody's");
        assertEquals(401, send(null, PROGRAMMES, Map.of()));
    }

    private static int send(TestCertificates.Identity client, String path, Map<String, String> headers) {
        return Server.http(HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).sslContext(Tls.as(client)).build(), URI.create("https://127.0.0.1:" + Tls.PORT + path), "GET", new byte[0], headers)
                .statusCode();
    }

    private static String aBankOperator(Scene scene) {
        return TestAccounts.make(Role.BANK_OPERATOR, Contour.TEST, Optional.empty(), Optional.of(scene.participant.id().value()));
    }

    private static JsonObjectBuilder rules() {
        return Json.createObjectBuilder().add("stage", 0).add("issuedFrom", "2021-11-01").add("issuedTo", "2021-12-30").add("snapshotOn", "2021-07-01")
                .add("formula", Json.createObjectBuilder().add("wage", "12792.00").add("factorPercent", 100).add("months", 12).add("cap", "300000000.00"))
                .add("monthRules", Json.createArrayBuilder().add(Json.createObjectBuilder().add("to", "2021-11-18").add("metric", "TRIPLE_WITH_GPC"))
                        .add(Json.createObjectBuilder().add("from", "2021-11-19").add("metric", "SNILS_WITH_CATEGORY").add("asserted", true)))
                .add("eligibility", Json.createArrayBuilder().add(Json.createObjectBuilder().add("name", "SMALL").add("conditions", Json.createArrayBuilder()
                        .add(Json.createObjectBuilder().add("item", "C08").add("test", "IS").add("values", Json.createArrayBuilder(List.of("MICRO", "SMALL")))))))
                .add("onFail", "FLAG").add("onOverMaximum", "FLAG").add("keepPercent", 90).add("refreshCutoff", 15).add("refreshDay", 25).add("source", "a test").add("reason", "To try it.");
    }
}
