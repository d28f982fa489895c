package org.kopuro.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.kopuro.accounts.Role;
import org.kopuro.kernel.Contour;
import org.kopuro.testing.Scene;

/** An official limits a service, a participant runs into the limit and sees its own use. */
interface MonitoringOverRest {

    String THRESHOLDS = "/api/v1/access/thresholds";
    String USAGE = "/api/v1/access/usage";
    String SIGNALS = "/api/v1/access/signals";

    /** Of a far day, so that nothing of this server's is judged by it. */
    @Test
    default void aRuleForSignalsIsSetByTheSecurityOfficer() {
        String rules = "/api/v1/access/signal-rules";
        String officer = RestApi.anOfficial(Contour.PRODUCTION, Role.SECURITY_OFFICER);
        JsonObject newest = RestApi.ok(RestApi.as(officer, "GET", rules, null)).getJsonArray("rules").getValuesAs(JsonObject.class).stream()
                .filter(rule -> rule.getString("code").equals("REFUSAL_SHARE")).findFirst().orElseThrow();
        String next = "{\"after\":" + newest.getInt("version") + ",\"effectiveFrom\":\"2099-01-01T00:00:00Z\",\"enabled\":true,\"severity\":\"HIGH\",\"windowMinutes\":60,\"atLeast\":100,\"percent\":50,\"reason\":\"a test\"}";
        assertEquals(403, RestApi.as(RestApi.anOfficial(Contour.PRODUCTION, Role.APPROVER), "POST", rules + "/REFUSAL_SHARE", next).status());
        RestApi.assertProblem(403, "SIGNAL_RULE_BY_PRODUCTION", "contour", RestApi.as(RestApi.anOfficial(Contour.TEST, Role.SECURITY_OFFICER), "POST", rules + "/REFUSAL_SHARE", next));
        RestApi.assertProblem(404, "NOT_FOUND", "code", RestApi.as(officer, "POST", rules + "/NO_RULE", next));
        assertEquals(50, RestApi.created(RestApi.as(officer, "POST", rules + "/REFUSAL_SHARE", next)).getInt("percent"));
        RestApi.assertProblem(409, "SIGNAL_RULE_CHANGED_MEANWHILE", "after", RestApi.as(officer, "POST", rules + "/REFUSAL_SHARE", next));
    }

    @Test
    default void aLimitRefusesAndUseIsCounted() throws InterruptedException {
        Scene scene = new Scene(Contour.TEST, Participants.APPLICATION);
        String officer = RestApi.anOfficial(Contour.TEST, Role.SECURITY_OFFICER);
        String administrator = AccessOverRest.administratorOf(scene, Contour.TEST);
        String threshold = "{\"service\":\"tpDataByINNforBusinessActivity\",\"subsystem\":\"" + scene.subsystem.id().value() + "\",\"callsPerDay\":1,\"reason\":\"in a test\"}";
        assertEquals(403, RestApi.as(administrator, "POST", THRESHOLDS, threshold).status());
        assertEquals(403, RestApi.as(RestApi.anOfficial(Contour.TEST, Role.OPERATOR), "GET", THRESHOLDS, null).status());
        RestApi.assertProblem(400, "FIELD_INVALID", "callsPerDay", RestApi.as(officer, "POST", THRESHOLDS, threshold.replace(":1,", ":0,")));
        assertEquals(1, RestApi.created(RestApi.as(officer, "POST", THRESHOLDS, threshold)).getInt("callsPerDay"));
        assertTrue(RestApi.ok(RestApi.as(officer, "GET", THRESHOLDS + "?service=tpDataByINNforBusinessActivity", null)).toString().contains(scene.subsystem.id().value().toString()));

        int passed = 0;
        SoapAnswer limited = null;
        for (Instant end = Clock.systemUTC().instant().plusSeconds(30); limited == null && Clock.systemUTC().instant().isBefore(end); Thread.sleep(1000)) {
            SoapAnswer answer = SoapAnswer.of(Server.soap(TaxMessage.of(scene).service("tpDataByINNforBusinessActivity").signedBy(scene.identity)));
            if (!answer.refusalCode().isEmpty()) {
                limited = answer;
            } else {
                passed++;
            }
        }
        assertEquals(List.of("Server.Kopuro.RateLimited", "RATE_LIMITED"), List.of(limited.faultCode(), limited.refusalCode()));
        assertTrue(passed > 0);

        Instant now = Clock.systemUTC().instant();
        String own = USAGE + "?from=" + now.minus(Duration.ofHours(2)) + "&to=" + now.plus(Duration.ofHours(2));
        JsonArray counted = JsonArray.EMPTY_JSON_ARRAY;
        for (int i = 0; i < 30 && counted.size() < 2; i++, Thread.sleep(1000)) {
            counted = RestApi.ok(RestApi.as(administrator, "GET", own + "&participant=" + UUID.randomUUID(), null)).getJsonArray("usage");
        }
        assertTrue(counted.toString().contains("\"outcome\":\"RATE_LIMITED\",\"calls\":1,"), counted.toString());
        JsonObject first = counted.getJsonObject(0);
        assertTrue(first.getInt("octetsIn") > 1000 && first.getInt("octetsOut") > 1000 && first.getInt("latencyMillisMax") >= 0, first.toString());
        Server.Response csv = Server.send("GET", own, null, Map.of("Accept", "text/csv", "Authorization",
                "Basic " + Base64.getEncoder().encodeToString((administrator + ":" + RestApi.PASSWORD).getBytes(StandardCharsets.UTF_8))));
        assertEquals("text/csv;charset=utf-8", csv.contentType().toLowerCase(java.util.Locale.ROOT).replace(" ", ""));
        assertTrue(csv.text().contains(",tpDataByINNforBusinessActivity,RATE_LIMITED,1,"), csv.text());
        Server.Response workbook = Server.send("GET", own, null, Map.of("Accept", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "Authorization",
                "Basic " + Base64.getEncoder().encodeToString((administrator + ":" + RestApi.PASSWORD).getBytes(StandardCharsets.UTF_8))));
        assertTrue(workbook.status() == 200 && workbook.contentType().endsWith("spreadsheetml.sheet") && workbook.body()[0] == 'P' && workbook.body()[1] == 'K', workbook::text);
        RestApi.assertProblem(400, "FIELD_MISSING", "from", RestApi.as(officer, "GET", USAGE, null));

        String rates = own.replace("?", "/rates?");
        JsonObject rate = RestApi.ok(RestApi.as(administrator, "GET", rates, null)).getJsonArray("rates").getJsonObject(0);
        assertEquals(List.of(scene.participant.id().value().toString(), 1), List.of(rate.getString("participant"), rate.getInt("errors")));
        assertTrue(rate.getJsonNumber("errorPercent").doubleValue() > 0 && rate.getJsonArray("services").size() == 1, rate.toString());
        RestApi.assertProblem(404, "NOT_FOUND", "participant", RestApi.as(administrator, "GET", rates + "&participant=" + UUID.randomUUID(), null));
        RestApi.assertProblem(400, "FIELD_INVALID", "limit", RestApi.as(officer, "GET", rates + "&limit=201", null));

        String exercised = "/api/v1/access/exercised";
        String services = RestApi.ok(RestApi.as(administrator, "GET", exercised, null)).getJsonArray("services").toString();
        assertTrue(services.contains("\"service\":\"tpDataByINNforBusinessActivity\",\"exercised\":true") && services.contains("\"lastRefusal\":\"RATE_LIMITED\""), services);
        RestApi.assertProblem(400, "FIELD_MISSING", "participant", RestApi.as(officer, "GET", exercised, null));
        RestApi.assertProblem(400, "FIELD_INVALID", "contour", RestApi.as(RestApi.anOfficial(Contour.PRODUCTION, Role.OPERATOR), "GET", exercised, null));
    }

    /** Records of the last minute are withheld, so that only what was answered long ago could be seen here; that it is, OperationalRecordsIT shows. */
    @Test
    default void howServicesFareIsReadByWhomeverItConcerns() throws InterruptedException {
        Scene scene = new Scene(Contour.TEST, Participants.APPLICATION);
        String administrator = AccessOverRest.administratorOf(scene, Contour.TEST);
        String auditor = RestApi.anAccount(Role.AUDITOR, Contour.TEST, null);
        Server.soap(TaxMessage.of(scene).service("tpDataByINNforBusinessActivity").signedBy(scene.identity));
        String health = "";
        for (int i = 0; i < 30 && !health.contains("\"tpDataByINNforBusinessActivity\""); i++, Thread.sleep(500)) {
            health = RestApi.ok(RestApi.as(administrator, "GET", "/api/v1/exchange/health", null)).toString();
        }
        assertTrue(health.contains("\"lastSuccess\""), health);
        String records = "/api/v1/exchange/records";
        JsonObject page = RestApi.ok(RestApi.as(auditor, "GET", records + "?recordsFrom=0&recordsTo=" + Clock.systemUTC().instant().getEpochSecond() + "&outputField=serviceCode", null));
        assertEquals(page.getJsonArray("records").size(), page.getInt("recordsCount"));
        assertEquals("{\"records\":[],\"recordsCount\":0}", RestApi.ok(RestApi.as(auditor, "GET", records + "?recordsFrom=0&recordsTo=1", null)).toString());
        RestApi.assertProblem(400, "FIELD_MISSING", "recordsFrom", RestApi.as(auditor, "GET", records, null));
        RestApi.assertProblem(400, "FIELD_INVALID", "recordsTo", RestApi.as(auditor, "GET", records + "?recordsFrom=2&recordsTo=1", null));
        RestApi.assertProblem(400, "FIELD_INVALID", "recordsTo", RestApi.as(auditor, "GET", records + "?recordsFrom=2&recordsTo=9999999999999", null));
        RestApi.assertProblem(400, "FIELD_INVALID", "outputField", RestApi.as(auditor, "GET", records + "?recordsFrom=0&recordsTo=1&outputField=token", null));
        assertEquals(403, RestApi.as(RestApi.anAccount(Role.TAXPAYER, Contour.TEST, scene.inn), "GET", records + "?recordsFrom=0&recordsTo=1", null).status());
    }

    @Test
    default void signalsAreTheAuthoritysAffair() {
        Scene scene = new Scene(Contour.TEST, Participants.APPLICATION);
        String officer = RestApi.anOfficial(Contour.TEST, Role.SECURITY_OFFICER);
        assertEquals(403, RestApi.as(AccessOverRest.administratorOf(scene, Contour.TEST), "GET", SIGNALS, null).status());
        RestApi.ok(RestApi.as(officer, "GET", SIGNALS + "?state=RAISED", null)).getJsonArray("signals");
        RestApi.assertProblem(404, "NOT_FOUND", "signal", RestApi.as(officer, "GET", SIGNALS + "/" + UUID.randomUUID(), null));
        String nowhere = SIGNALS + "/" + UUID.randomUUID() + "/events";
        RestApi.assertProblem(404, "NOT_FOUND", "signal", RestApi.as(officer, "POST", nowhere, "{\"event\":\"DISMISS\",\"reason\":\"x\"}"));
        RestApi.assertProblem(400, "FIELD_INVALID", "event", RestApi.as(officer, "POST", nowhere, "{\"event\":\"RAISE\",\"reason\":\"x\"}"));
        RestApi.assertProblem(400, "FIELD_MISSING", "connection", RestApi.as(officer, "POST", nowhere, "{\"event\":\"PROPOSE\",\"reason\":\"x\"}"));
    }

    /** CON-73. */
    @Test
    default void theTimeFromAStopToItsAcknowledgementIsShown() throws InterruptedException {
        Scene scene = new Scene(Contour.TEST, Participants.APPLICATION);
        String taxpayer = RestApi.anAccount(Role.TAXPAYER, Contour.TEST, scene.inn);
        String freeze = "/api/v1/tokens/" + scene.token().token().id().value() + "/freeze";
        RestApi.ok(RestApi.as(taxpayer, "POST", freeze, ""));
        String metrics = Server.send("GET", "/metrics", null, Map.of()).text();
        for (String quantile : List.of("0.5", "0.99")) {
            assertTrue(metrics.lines().anyMatch(line -> line.startsWith("kopuro_stop_milliseconds{") && line.contains("kind=\"FREEZE\"") && line.contains("quantile=\"" + quantile + "\"")), metrics);
        }
        String officer = RestApi.anAccount(Role.SECURITY_OFFICER, Contour.TEST, null);
        JsonArray stops = JsonArray.EMPTY_JSON_ARRAY;
        for (Instant end = Clock.systemUTC().instant().plusSeconds(30); !stops.toString().contains("FREEZE") && Clock.systemUTC().instant().isBefore(end); Thread.sleep(500)) {
            stops = RestApi.ok(RestApi.as(officer, "GET", "/api/v1/exchange/stops?days=1", null)).getJsonArray("stops");
        }
        JsonObject shown = stops.getValuesAs(JsonObject.class).stream().filter(one -> one.getString("kind").equals("FREEZE")).findFirst().orElseThrow();
        assertTrue(shown.getInt("p50Millis") <= shown.getInt("p99Millis") && shown.getInt("p99Millis") <= shown.getInt("maxMillis") && shown.getInt("within3000") > 0, shown.toString());
        assertEquals(403, RestApi.as(taxpayer, "GET", "/api/v1/exchange/stops", null).status());
    }
}
