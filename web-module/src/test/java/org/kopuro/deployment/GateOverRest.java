package org.kopuro.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.kopuro.accounts.Role;
import org.kopuro.exchange.IdentityRefusal;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.Language;
import org.kopuro.kernel.Refusal;
import org.kopuro.participants.FaultDialect;
import org.kopuro.testing.Rows;
import org.kopuro.testing.Scene;

/** An official closes and opens a service, and tells a participant that its message ids have to be new; the participant asks for its operational data. */
interface GateOverRest {

    String CLOSURES = "/api/v1/exchange/closures";
    String REPETITION = "/api/v1/exchange/repetition?participant=";

    @Test
    default void aClosedServiceIsToldToCallersOfBothProtocolsUntilItIsOpened() {
        Scene scene = new Scene(Contour.TEST, Participants.APPLICATION);
        String owner = RestApi.anOfficial(Contour.TEST, Role.SERVICE_OWNER);
        String participant = AccessOverRest.administratorOf(scene, Contour.TEST);
        String until = Clock.systemUTC().instant().plusSeconds(600).truncatedTo(ChronoUnit.SECONDS).toString();
        String closure = "{\"service\":\"headcount\",\"notice\":{\"ru\":\"до вечера\",\"ky\":\"кечке чейин\",\"en\":\"until night\"},\"until\":\"" + until + "\",\"reason\":\"a disk\"}";
        assertEquals(403, RestApi.as(participant, "POST", CLOSURES, closure).status());
        assertEquals(403, RestApi.as(RestApi.anOfficial(Contour.TEST, Role.OPERATOR), "POST", CLOSURES, closure).status());
        RestApi.assertProblem(400, "FIELD_MISSING", "notice.ky", RestApi.as(owner, "POST", CLOSURES, closure.replace("\"ky\":\"кечке чейин\",", "")));
        JsonObject closed = RestApi.created(RestApi.as(owner, "POST", CLOSURES, closure));
        try {
            assertTrue(closed.getBoolean("on"));
            RestApi.assertProblem(409, "CLOSED_ALREADY", "service", RestApi.as(owner, "POST", CLOSURES, closure));
            HttpResponse<byte[]> soap = Server.http("POST", "/soap/tax/v1", TaxMessage.of(scene).service("headcount").months("2026-01", "2026-01").signed().getBytes(StandardCharsets.UTF_8),
                    Map.of("Content-Type", "text/xml; charset=UTF-8"));
            assertEquals("SERVICE_DISABLED", SoapAnswer.of(Server.Response.of(soap)).refusalCode());
            assertTrue(soap.headers().firstValue("Retry-After").orElse("").matches("\\d+"));
            RestAnswer rest = RestText.call(scene.participant.memberCode(), "headcount", "{\"inn\":\"" + scene.inn.digits() + "\",\"monthFrom\":\"2026-01\",\"monthTo\":\"2026-01\"}")
                    .signedBy(scene.identity).send();
            assertEquals(List.of("SERVICE_DISABLED", until), List.of(rest.value("code"), rest.value("retryAfter")), rest::text);
            assertTrue(rest.header("Retry-After").matches("\\d+"));
            JsonObject seen = RestApi.ok(RestApi.as(participant, "GET", CLOSURES, null)).getJsonArray("closures").getJsonObject(0);
            assertEquals("кечке чейин", seen.getJsonObject("notice").getString("ky"));
            assertFalse(seen.containsKey("reason") || seen.containsKey("closedBy"), seen::toString);
        } finally {
            assertFalse(RestApi.ok(RestApi.as(owner, "POST", CLOSURES + "/" + closed.getString("id") + "/open", "{\"reason\":\"another disk\"}")).getBoolean("on"));
        }
        assertEquals("", SoapAnswer.of(Server.soap(TaxMessage.of(scene).service("headcount").months("2026-01", "2026-01").signed())).faultCode());
        RestApi.assertProblem(409, "OPEN_ALREADY", "id", RestApi.as(owner, "POST", CLOSURES + "/" + closed.getString("id") + "/open", "{\"reason\":\"another disk\"}"));
    }

    @Test
    default void aParticipantThatIsWarnedOfItsIdsSeesTheQualityOfItsCalls() {
        Scene scene = new Scene(Contour.TEST, Participants.APPLICATION);
        String officer = RestApi.anOfficial(Contour.TEST, Role.SECURITY_OFFICER);
        String participant = AccessOverRest.administratorOf(scene, Contour.TEST);
        String rule = REPETITION + scene.participant.id().value();
        String warn = "{\"policy\":\"WARN\",\"rememberedMinutes\":60,\"after\":0,\"reason\":\"in a test\"}";
        assertEquals("OBSERVE", RestApi.ok(RestApi.as(participant, "GET", "/api/v1/exchange/repetition", null)).getString("policy"));
        assertEquals(403, RestApi.as(participant, "PUT", rule, warn).status());
        assertEquals(1, RestApi.ok(RestApi.as(officer, "PUT", rule, warn)).getInt("revision"));
        RestApi.assertProblem(409, "RULE_CHANGED_MEANWHILE", "after", RestApi.as(officer, "PUT", rule, warn));
        for (String warning : List.of("", "MESSAGE_ID_REPEATED")) {
            HttpResponse<byte[]> soap = Server.http("POST", "/soap/tax/v1", TaxMessage.of(scene).id("1").signed().getBytes(StandardCharsets.UTF_8), Map.of("Content-Type", "text/xml; charset=UTF-8"));
            assertEquals(200, soap.statusCode());
            assertEquals(warning, soap.headers().firstValue("Kopuro-Warning").orElse(""));
        }
        JsonObject quality = RestApi.ok(RestApi.as(participant, "GET", "/api/v1/exchange/quality?participant=" + UUID.randomUUID(), null));
        assertEquals(List.of(2, 1, 2, 83), List.of(quality.getInt("calls"), quality.getInt("ownId"), quality.getInt("wellFormed"), quality.getInt("score")), quality::toString);
        assertEquals(2, RestApi.ok(RestApi.as(officer, "GET", "/api/v1/exchange/quality?participant=" + scene.participant.id().value(), null)).getInt("calls"));
    }

    @Test
    default void aParticipantSaysHowItsFaultsAreSpelled() {
        Scene scene = new Scene(Contour.TEST, Participants.APPLICATION);
        String participant = AccessOverRest.administratorOf(scene, Contour.TEST);
        String speech = "{\"language\":\"KY\",\"faultDialect\":\"SNAKE_CASE\",\"reason\":\"X-Road 7.8\"}";
        assertEquals(403, RestApi.as(RestApi.anOfficial(Contour.TEST, Role.SECURITY_OFFICER), "PUT", "/api/v1/exchange/speech?participant=" + scene.participant.id().value(), speech).status());
        RestApi.assertProblem(400, "FIELD_INVALID", "faultDialect", RestApi.as(participant, "PUT", "/api/v1/exchange/speech", speech.replace("SNAKE", "KEBAB")));
        assertEquals("Server.ServerProxy.UnknownService", SoapAnswer.of(Server.soap(TaxMessage.of(scene).service("noSuchService").signed())).faultCode());
        assertEquals("KY", RestApi.ok(RestApi.as(participant, "PUT", "/api/v1/exchange/speech", speech)).getString("language"));
        assertEquals("server.serverproxy.unknown_service", SoapAnswer.of(Server.soap(TaxMessage.of(scene).service("noSuchService").signed())).faultCode());
    }

    @Test
    default void operationalDataComeBesideTheAnswerAndAreTheCallersOwn() throws IOException, InterruptedException {
        Scene scene = new Scene(Contour.TEST, Participants.APPLICATION);
        String call = TaxMessage.of(scene).replace("<xrd:protocolVersion", "<repr:representedParty xmlns:repr=\"http://x-road.eu/xsd/representation.xsd\"><repr:partyClass>COM</repr:partyClass>"
                + "<repr:partyCode>60001234</repr:partyCode></repr:representedParty><xrd:protocolVersion").signed();
        UUID occurrence = UUID.fromString(Server.soap(call).ledgerEntry());
        for (Instant end = Clock.systemUTC().instant().plusSeconds(30); Rows.of("select 1 from exchange.operation where occurrence = ?", occurrence).isEmpty(); Thread.sleep(500)) {
            assertTrue(Clock.systemUTC().instant().isBefore(end), "the operation was not written");
        }
        Rows.change("update exchange.operation set recorded_at = recorded_at - interval '2 minutes' where occurrence = ?", occurrence);
        long now = Clock.systemUTC().instant().getEpochSecond();
        SoapText asked = Metaservices.message(scene, "getSecurityServerOperationalData", "<om:getSecurityServerOperationalData xmlns:om=\"http://x-road.eu/xsd/op-monitoring.xsd\"><om:searchCriteria><om:recordsFrom>"
                + (now - 600) + "</om:recordsFrom><om:recordsTo>" + now + "</om:recordsTo></om:searchCriteria><om:outputSpec><om:outputField>representedPartyClass</om:outputField>"
                + "<om:outputField>representedPartyCode</om:outputField></om:outputSpec></om:getSecurityServerOperationalData>");
        Server.Response response = Server.soap("meta", asked.text());
        assertEquals(200, response.status(), response::text);
        String boundary = response.contentType().replaceAll(".*boundary=\"(.*)\"", "$1");
        // Each octet a character: the second part is no text.
        String[] parts = new String(response.body(), StandardCharsets.ISO_8859_1).split("(\r\n)?--" + boundary + "(--)?\r\n");
        assertEquals(3, parts.length);
        assertTrue(parts[2].contains("Content-Type: application/gzip\r\nContent-Transfer-Encoding: binary\r\nContent-ID: <operational-monitoring-data.json.gz>\r\n"), parts[2]);
        SoapAnswer answer = SoapAnswer.of(new Server.Response(200, "text/xml;charset=UTF-8", response.ledgerEntry(), content(parts[1])));
        answer.assertFitsTheSchema();
        answer.assertSignedByTheServer();
        answer.assertRepeatsHeaderOf(asked.text());
        assertEquals(List.of("1", "cid:operational-monitoring-data.json.gz"), List.of(answer.value("recordsCount"), answer.value("records")));
        try (JsonReader reader = Json.createReader(new GZIPInputStream(new ByteArrayInputStream(content(parts[2]))))) {
            assertEquals("[{\"representedPartyCode\":\"60001234\",\"representedPartyClass\":\"COM\"}]", reader.readObject().getJsonArray("records").toString());
        }
    }

    private static byte[] content(String part) {
        return part.substring(part.indexOf("\r\n\r\n") + 4).getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Whom nobody knows has no language on record, but may name one. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"ky-KG, ru;q=0.5 | KY", "en | EN", "de, en;q=0.1 | EN", "fr | RU", "*;;broken | RU"})
    default void aStrangerIsToldInTheLanguageOfItsRequest(String accepted, Language expected) {
        Scene scene = Participants.speaking(FaultDialect.CAMEL_CASE);
        String sentence = Refusal.of(IdentityRefusal.MEMBER_UNKNOWN, "xrd:client", "central-server/COM/nobody/app").sentence(expected);
        String text = TaxMessage.of(scene).replace(scene.participant.memberCode(), "nobody").signed();
        Server.Response soap = Server.send("POST", "/soap/tax/v1", text.getBytes(StandardCharsets.UTF_8), Map.of("Content-Type", "text/xml; charset=UTF-8", "Accept-Language", accepted));
        assertTrue(soap.text().contains("<faultstring>" + sentence + "</faultstring>"), soap::text);
        RestText call = RestText.call("nobody", "tpDataByINNforBusinessActivity", "{\"inn\":\"" + scene.inn.digits() + "\"}").signedBy(scene.identity);
        call.headers.put("Accept-Language", accepted);
        assertEquals(sentence, call.send().value("message"));
        Server.Response known = Server.send("POST", "/soap/tax/v1", TaxMessage.of(scene).inn("1").signed().getBytes(StandardCharsets.UTF_8),
                Map.of("Content-Type", "text/xml; charset=UTF-8", "Accept-Language", "ru"));
        assertEquals(scene.participant.language(), Language.EN);
        assertTrue(known.text().matches("(?s).*<([a-z0-9]+:)?faultString>[ -~]+</.*"), known::text);
    }
}
