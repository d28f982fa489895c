package org.kopuro.deployment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.kopuro.accounts.Role;
import org.kopuro.kernel.Contour;
import org.kopuro.participants.FaultDialect;
import org.kopuro.testing.Rows;
import org.kopuro.testing.Scene;
import org.kopuro.testing.TestCertificates;
import org.kopuro.testing.TestDatabase;

/** A call was answered or refused; years later somebody denies it. */
interface EvidenceOfCalls {

    @Test
    default void holdsADisclosureAsExchangedSignedByTheServer() throws Exception {
        Scene scene = Participants.speaking(FaultDialect.CAMEL_CASE);
        String token = Participants.token(FaultDialect.CAMEL_CASE);
        String id = UUID.randomUUID().toString();
        String sent = TaxMessage.of(scene).service("tpDataByINN").token(token).id(id).signed();
        Server.Response answer = Server.soap(sent);
        SoapAnswer.of(answer).assertSignedByTheServer();
        assertEquals(occurrence(id).toString(), answer.ledgerEntry());

        String auditor = RestApi.anAccount(Role.AUDITOR, Contour.TEST, null);
        EvidenceFile evidence = evidence(auditor, id);
        evidence.assertSignedByTheServerOver(Set.of("request.xml", "answer.xml", "decision.json", "receipt.json", "call-receipt.json", "certificates/caller.pem"));
        assertArrayEquals(sent.getBytes(StandardCharsets.UTF_8), evidence.member("request.xml"));
        assertArrayEquals(answer.body(), evidence.member("answer.xml"));
        evidence.assertCallerSigned("body", "client", "service", "id", "user", "issue", "version", "token");

        JsonObject decision = json(evidence.member("decision.json"));
        assertEquals("DISCLOSED", decision.getJsonObject("call").getString("outcome"));
        assertEquals(id, decision.getJsonObject("call").getString("messageId"));
        assertEquals("CONNECTED", decision.getJsonObject("connection").getString("state"));
        assertEquals("tpDataByINN", decision.getJsonArray("accessRights").getJsonObject(0).getString("service"));
        assertEquals("ACTIVE", decision.getJsonObject("consent").getString("state"));
        assertTrue(decision.getJsonObject("consent").getJsonArray("services").toString().contains("tpDataByINN"));
        assertFalse(decision.toString().contains(token), "the token's text is only in the message itself");

        assertEquals(List.of(auditor), Rows.of("""
                select a.login from exchange.evidence_reading r join accounts.account a on a.id = r.account_id where r.occurrence = ?""", occurrence(id)));
    }

    @Test
    default void holdsARefusalInTheResponseAndARefusalAsFault() {
        Scene scene = Participants.speaking(FaultDialect.CAMEL_CASE);
        String auditor = RestApi.anAccount(Role.AUDITOR, Contour.TEST, null);
        String inResponse = UUID.randomUUID().toString();
        Server.Response first = Server.soap(TaxMessage.of(scene).service("tpDataByINN").id(inResponse).signed());
        assertEquals("CONSENT_REQUIRED", SoapAnswer.of(first).value("faultCode"));
        String asFault = UUID.randomUUID().toString();
        Server.Response second = Server.soap(TaxMessage.of(scene).id(asFault).replace("<id:subsystemCode>app", "<id:subsystemCode>bare")
                .signedBy(Participants.asBareSubsystem(FaultDialect.CAMEL_CASE)));
        assertEquals("ACCESS_RIGHT_MISSING", SoapAnswer.of(second).refusalCode());
        String noService = UUID.randomUUID().toString();
        Server.Response third = Server.soap(TaxMessage.of(scene).service("noSuchService").id(noService).signed());
        assertEquals("SERVICE_UNKNOWN", SoapAnswer.of(third).refusalCode());
        Map.of(inResponse, first, asFault, second, noService, third).forEach((id, answer) -> assertArrayEquals(answer.body(), evidence(auditor, id).member("answer.xml")));
        assertEquals("ACCESS_RIGHT_MISSING", json(evidence(auditor, asFault).member("decision.json")).getJsonObject("call").getString("outcome"));
    }

    @Test
    default void holdsTheSoapPartOfAMessageWithAttachments() {
        Scene scene = Participants.speaking(FaultDialect.CAMEL_CASE);
        String id = UUID.randomUUID().toString();
        String soap = TaxMessage.of(scene).id(id).signed();
        String multipart = "--b\r\nContent-Type: text/xml; charset=UTF-8\r\n\r\n" + soap + "\r\n--b\r\nContent-Type: text/plain\r\n\r\nattached\r\n--b--\r\n";
        Server.Response answer = Server.send("POST", "/soap/tax/v1", multipart.getBytes(StandardCharsets.UTF_8), Map.of("Content-Type", "multipart/related; type=\"text/xml\"; boundary=b"));
        assertEquals(200, answer.status(), answer::text);
        EvidenceFile evidence = evidence(RestApi.anAccount(Role.AUDITOR, Contour.TEST, null), id);
        assertArrayEquals(soap.getBytes(StandardCharsets.UTF_8), evidence.member("request.xml"));
        assertEquals("text/xml; charset=UTF-8", json(evidence.member("decision.json")).getJsonObject("messages").getString("requestType"));
    }

    @Test
    default void isNotCollectedOfStrangers() {
        Scene scene = Participants.speaking(FaultDialect.CAMEL_CASE);
        String id = UUID.randomUUID().toString();
        Server.soap(TaxMessage.of(scene).id(id).text().text());
        Server.soap(TaxMessage.of(scene).id(id).signedBy(TestCertificates.elliptic(Participants.APPLICATION.clock().instant())));
        assertEquals(List.of("0"), Rows.of("select count(*) from exchange.message where message_id = ?", id));
    }

    /** Neither data nor a refusal leaves without its evidence; the caller reads that trying again may help. */
    @Test
    default void isWrittenBeforeTheAnswerLeavesOrNothingLeaves() throws SQLException {
        Scene scene = Participants.speaking(FaultDialect.CAMEL_CASE);
        owner("alter table exchange.message add constraint nothing_fits check (false) not valid");
        try {
            Server.Response instead = Server.soap(TaxMessage.of(scene).service("tpDataByINN").token(Participants.token(FaultDialect.CAMEL_CASE)).signed());
            assertEquals(500, instead.status(), instead::text);
            assertTrue(SoapAnswer.of(instead).faultCode().contains("TemporarilyUnavailable"), instead::text);
            assertEquals("", SoapAnswer.of(instead).value("inn"));
            assertFalse(instead.text().contains("Сыноо"), instead::text);
            Server.Response insteadOfRefusal = Server.soap(TaxMessage.of(scene).service("noSuchService").signed());
            assertTrue(SoapAnswer.of(insteadOfRefusal).faultCode().contains("TemporarilyUnavailable"), insteadOfRefusal::text);
            RestAnswer insteadOverRest = RestText.call(scene.participant.memberCode(), "tpDataByINNforBusinessActivity", "{\"inn\":\"" + scene.inn.digits() + "\"}").signedBy(scene.identity).send();
            assertEquals(503, insteadOverRest.status(), insteadOverRest::text);
            assertEquals("Server.Kopuro.TemporarilyUnavailable", insteadOverRest.value("type"), insteadOverRest::text);
            assertEquals("", insteadOverRest.header("X-Road-Error"), "a failure of ours is no Security Server's");
            assertFalse(insteadOverRest.text().contains("Сыноо"), insteadOverRest::text);
        } finally {
            owner("alter table exchange.message drop constraint nothing_fits");
        }
        assertEquals(200, Server.soap(TaxMessage.of(scene).signed()).status());
    }

    @Test
    default void isForAuditorsOfItsContourOnly() {
        Scene scene = Participants.speaking(FaultDialect.CAMEL_CASE);
        String id = UUID.randomUUID().toString();
        Server.soap(TaxMessage.of(scene).id(id).signed());
        String path = "/api/v1/evidence/" + occurrence(id);
        assertEquals(401, Server.api("GET", path, null, null, null).status());
        assertEquals(403, RestApi.as(RestApi.anAccount(Role.OPERATOR, Contour.TEST, null), "GET", path, null).status());
        assertEquals(403, RestApi.as(RestApi.anAccount(Role.TAXPAYER, Contour.TEST, scene.inn), "GET", path, null).status());
        RestApi.assertProblem(404, "NOT_FOUND", "occurrence", RestApi.as(RestApi.anAccount(Role.AUDITOR, Contour.PRODUCTION, null), "GET", path, null));
        String auditor = RestApi.anAccount(Role.AUDITOR, Contour.TEST, null);
        RestApi.assertProblem(404, "NOT_FOUND", "occurrence", RestApi.as(auditor, "GET", "/api/v1/evidence/" + UUID.randomUUID(), null));
        assertEquals(404, RestApi.as(auditor, "GET", "/api/v1/evidence/%27--", null).status());
        assertEquals(List.of("0"), Rows.of("select count(*) from exchange.evidence_reading where occurrence = ?", occurrence(id)));
    }

    @Test
    default void thatWasAlteredIsRefusedAndLeavesASecurityEvent() throws SQLException {
        Scene scene = Participants.speaking(FaultDialect.CAMEL_CASE);
        String id = UUID.randomUUID().toString();
        Server.soap(TaxMessage.of(scene).id(id).signed());
        owner("update exchange.message set answer = set_byte(answer, 20, get_byte(answer, 20) # 1) where message_id = '" + id + "'");
        String auditor = RestApi.anAccount(Role.AUDITOR, Contour.TEST, null);
        RestApi.assertProblem(409, "EVIDENCE_ALTERED", "answer.xml", RestApi.as(auditor, "GET", "/api/v1/evidence/" + occurrence(id), null));
        assertEquals(List.of(auditor + "|answer.xml"), Rows.of("select claimed_client || '|' || field from exchange.security_event where code = 'EVIDENCE_ALTERED' and message_id = ?",
                occurrence(id).toString()));
    }

    @Test
    default void whoseTimeIsOverIsGone() throws SQLException {
        Scene scene = Participants.speaking(FaultDialect.CAMEL_CASE);
        String id = UUID.randomUUID().toString();
        Server.soap(TaxMessage.of(scene).id(id).signed());
        owner("update exchange.message set request = null, answer = null where message_id = '" + id + "'");
        RestApi.assertProblem(410, "EVIDENCE_RETENTION_OVER", "occurrence",
                RestApi.as(RestApi.anAccount(Role.AUDITOR, Contour.TEST, null), "GET", "/api/v1/evidence/" + occurrence(id), null));
    }

    static EvidenceFile evidence(String auditor, String messageId) {
        Instant until = Instant.now().plusSeconds(10);
        Server.Response response;
        do {
            response = RestApi.as(auditor, "GET", "/api/v1/evidence/" + occurrence(messageId), null);
        } while (response.text().contains("ENTRY_NOT_YET_IN_TREE") && Instant.now().isBefore(until));
        assertEquals(200, response.status(), response::text);
        assertEquals("application/vnd.etsi.asic-e+zip", response.contentType());
        return EvidenceFile.of(response.body());
    }

    private static UUID occurrence(String messageId) {
        return UUID.fromString(Rows.of("select occurrence from consent.usage where message_id = ?", messageId).get(0));
    }

    private static void owner(String sql) throws SQLException {
        try (Connection owner = TestDatabase.shared().owner().getConnection(); Statement statement = owner.createStatement()) {
            statement.execute(sql);
        }
    }

    private static JsonObject json(byte[] octets) {
        try (JsonReader reader = Json.createReader(new ByteArrayInputStream(octets))) {
            return reader.readObject();
        }
    }
}
