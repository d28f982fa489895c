package org.kopuro.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.kopuro.access.ConnectionEvent;
import org.kopuro.accounts.Role;
import org.kopuro.kernel.Contour;
import org.kopuro.participants.FaultDialect;
import org.kopuro.registers.RegisterRows;
import org.kopuro.testing.Rows;
import org.kopuro.testing.Scene;
import org.kopuro.testing.TestCertificates;
import org.kopuro.testing.TestProcedures;

/** A participant's system looks after its access by signed calls, while officials decide over REST. */
interface AccessOverSoap {

    Path SAMPLES = Path.of("../docs/protocols/access-v1");
    String WISH = "<a:procedure>KG-147</a:procedure><a:answerEmail>office@bank.example</a:answerEmail><a:body>Please.</a:body>";
    String SERVICE = "<a:service><a:service>tpDataByINNforBusinessActivity</a:service><a:purpose>To check salaries of those who ask for a loan.</a:purpose></a:service>";
    String CONTACT = "<a:contact><a:fullName>A Person</a:fullName><a:unit>IT</a:unit><a:post>Engineer</a:post><a:email>a@bank.example</a:email><a:phone>+996 312 000000</a:phone></a:contact>";
    String SERVICE_AND_CONTACT = SERVICE + CONTACT;

    private static String message(Scene scene, TestCertificates.Identity identity, String operation, String request) {
        return SoapText.of(TaxMessage.of(scene).service(operation).text().text().replaceAll("(?s)<soap:Body.*</soap:Body>",
                "<soap:Body wsu:Id=\"body\"><a:%1$s xmlns:a=\"urn:kopuro:access:v1\"><a:request>%2$s</a:request></a:%1$s></soap:Body>".formatted(operation, request))
                .replace("</soap:Header>", "${security}</soap:Header>")).signedBy(identity).text();
    }

    private static SoapAnswer call(Scene scene, String operation, String request) {
        return call(scene, scene.identity, operation, request);
    }

    private static SoapAnswer call(Scene scene, TestCertificates.Identity identity, String operation, String request) {
        Server.Response response = Server.soap("access", message(scene, identity, operation, request));
        SoapAnswer answer = SoapAnswer.of(response);
        assertEquals(200, response.status(), response::text);
        assertEquals(operation + "Response", answer.payload().getLocalName(), response::text);
        answer.assertSignedByTheServer();
        answer.assertFitsTheSchema();
        return answer;
    }

    private static SoapAnswer ok(SoapAnswer answer) {
        assertEquals("", answer.value("faultCode"), () -> answer.value("faultString") + " " + answer.value("field"));
        return answer;
    }

    private static Scene unconnected() {
        return Scene.unconnected(Contour.TEST, Participants.APPLICATION);
    }

    /** Whose certificates ended with the connection applies by letter, or with another certificate. */
    @Test
    default void aCertificateThatEndedWithTheConnectionAppliesForNothing() {
        Scene scene = new Scene(Contour.TEST, Participants.APPLICATION);
        scene.apply(ConnectionEvent.DISCONNECT);
        String wish = "<a:kind>CONNECT</a:kind>" + WISH + SERVICE_AND_CONTACT;
        assertEquals("CERTIFICATE_BLOCKED", SoapAnswer.of(Server.soap("access", message(scene, scene.identity, "apply", wish))).refusalCode());
        TestCertificates.Identity another = TestCertificates.elliptic(scene.application.clock().instant());
        scene.addCertificate(scene.subsystem, Contour.TEST, another);
        assertEquals("SUBMITTED", ok(call(scene, another, "apply", wish)).value("state"));
    }

    @Test
    default void aSystemComesFromItsApplicationToItsFirstCall() {
        Scene scene = unconnected();
        String operator = RestApi.anAccount(Role.OPERATOR, Contour.TEST, null);
        AccessOverRest.product(operator, scene.participant.id().value().toString());
        assertEquals("PARTICIPANT_NOT_CONNECTED", SoapAnswer.of(Server.soap(TaxMessage.of(scene).signed())).refusalCode());
        assertEquals("", ok(call(scene, "connectionStatus", "")).value("state"));
        assertEquals("NOT_FOUND", call(scene, "apply", "<a:kind>CONNECT</a:kind>" + WISH + SERVICE + "<a:product><a:name>Another</a:name></a:product>" + CONTACT).value("faultCode"));

        SoapAnswer filed = ok(call(scene, "apply", "<a:kind>CONNECT</a:kind>" + WISH + SERVICE + "<a:product><a:name>App</a:name></a:product>" + CONTACT));
        String id = "<a:id>" + filed.value("id") + "</a:id>";
        String path = AccessOverRest.REQUESTS + "/" + filed.value("id");
        assertNotEquals("", filed.value("deadline"));
        assertEquals("The applicant is registered with the tax authority", filed.value("text"), "a gap, in the participant's language");

        RestApi.ok(RestApi.as(operator, "POST", path + "/events", "{\"event\":\"CONFIRM\"}"));
        RestApi.ok(RestApi.as(operator, "POST", path + "/events", "{\"event\":\"ASK\",\"questions\":\"Which network?\"}"));
        SoapAnswer asked = ok(call(scene, "requestStatus", id));
        assertEquals(List.of("INFO_NEEDED", "Which network?"), List.of(asked.value("state"), asked.value("questions")));
        assertEquals("ACCEPTED", ok(call(scene, "supplyInformation", id + "<a:answers>Our own.</a:answers>")).value("state"));
        AccessOverRest.tickAll(operator, path);
        SoapAnswer complete = ok(call(scene, "requestStatus", id));
        assertEquals(0, complete.body().getElementsByTagNameNS("*", "gap").getLength());
        assertEquals("GRANTED", RestApi.ok(RestApi.as(operator, "POST", path + "/events", "{\"event\":\"GRANT\",\"reason\":\"in order\"}")).getString("state"));

        assertEquals("GRANTED", ok(call(scene, "requestStatus", id)).value("state"));
        assertEquals("CONNECTED", ok(call(scene, "connectionStatus", "")).value("state"));
        assertTrue(SoapAnswer.of(Server.soap(TaxMessage.of(scene).service("tpDataByINNforBusinessActivity").signed())).payload().getLocalName().endsWith("Response"));
        SoapAnswer notices = ok(call(scene, "notices", ""));
        for (String kind : List.of("N01", "N03", "N04")) {
            assertTrue(notices.payload().getTextContent().contains(kind), kind);
        }
        ok(call(scene, "markNoticesRead", "<a:notice>" + notices.value("id") + "</a:notice>"));
        assertNotEquals(notices.value("id"), ok(call(scene, "notices", "")).value("id"));
    }

    /** ACC-42; and a letter that comes back (ACC-80). */
    @Test
    default void decreesAndActionAreFieldsAndAReportTakesTheLettersSendingAway() {
        Scene scene = unconnected();
        String operator = RestApi.anAccount(Role.OPERATOR, Contour.TEST, null);
        String decree = TestProcedures.decree();
        String procedure = TestProcedures.publishUnder(decree);
        String form = "<a:kind>CONNECT</a:kind>" + WISH.replace("KG-147", procedure) + SERVICE_AND_CONTACT.replace("tpDataByINNforBusinessActivity", TestProcedures.service(procedure));
        SoapAnswer unnamed = call(scene, "apply", form + "<a:decree>422</a:decree><a:action>CONNECT</a:action>");
        assertEquals("DECREE_OF_NO_PROCEDURE decrees", unnamed.value("faultCode") + " " + unnamed.value("field"));
        SoapAnswer filed = ok(call(scene, "apply", form + "<a:decree>" + decree + "</a:decree>"));
        assertEquals("ACTION_MISSING", ((org.w3c.dom.Element) filed.body().getElementsByTagNameNS("*", "lacking").item(0)).getFirstChild().getTextContent());
        ok(call(scene, "retractRequest", "<a:id>" + filed.value("id") + "</a:id>"));
        SoapAnswer named = ok(call(scene, "apply", form + "<a:decree>" + decree + "</a:decree><a:action>CONNECT</a:action>"));
        assertEquals(List.of(decree, "CONNECT"), List.of(named.value("decree"), named.value("action")));
        String path = AccessOverRest.REQUESTS + "/" + named.value("id");
        assertEquals("[\"" + decree + "\"] \"CONNECT\"", RestApi.ok(RestApi.as(operator, "GET", path, null)).get("decrees") + " " + RestApi.ok(RestApi.as(operator, "GET", path, null)).get("action"));
        RestApi.ok(RestApi.as(operator, "POST", path + "/events", "{\"event\":\"CONFIRM\"}"));

        UUID request = UUID.fromString(named.value("id"));
        Scene.taken(request, Instant.now());
        String delivery = Rows.of("select d.id from notices.delivery d join notices.notice n on n.id = d.notice_id where n.about_id = ? and d.state = 'SENT' limit 1", request).get(0);
        String reports = "/api/v1/access/notices/reports";
        RestApi.assertProblem(422, "REPORT_UNREADABLE", "report", report(operator, reports, "Hello"));
        assertEquals("BOUNCED", RestApi.ok(report(operator, reports, """
                Content-Type: multipart/report; report-type=delivery-status; boundary=b

                --b
                Content-Type: message/delivery-status

                Reporting-MTA: dns; mail.example
                Original-Envelope-Id: %s

                Final-Recipient: rfc822; office@bank.example
                Action: failed
                Status: 5.1.1
                --b--
                """.formatted(delivery))).getString("state"));
        assertEquals(List.of("BOUNCED 5.1.1"), Rows.of("select last_problem from notices.delivery where id = ? and sent_at is null", UUID.fromString(delivery)));
    }

    private static Server.Response report(String login, String path, String message) {
        return Server.send("POST", path, message.getBytes(StandardCharsets.US_ASCII), Map.of("Content-Type", "message/rfc822", "Accept-Language", "en", "Authorization",
                "Basic " + Base64.getEncoder().encodeToString((login + ":" + RestApi.PASSWORD).getBytes(StandardCharsets.UTF_8))));
    }

    @Test
    default void aRefusalTellsCausesAndLetsApplyAgain() {
        Scene scene = unconnected();
        String operator = RestApi.anAccount(Role.OPERATOR, Contour.TEST, null);
        String id = ok(call(scene, "apply", "<a:kind>CONNECT</a:kind>" + WISH + SERVICE_AND_CONTACT)).value("id");
        SoapAnswer filed = ok(call(scene, "requestStatus", "<a:id>" + id + "</a:id>"));
        assertEquals("PRODUCT_MISSING", ((org.w3c.dom.Element) filed.body().getElementsByTagNameNS("*", "lacking").item(0)).getFirstChild().getTextContent());
        String path = AccessOverRest.REQUESTS + "/" + id;
        assertEquals("PRODUCT_MISSING", RestApi.ok(RestApi.as(operator, "GET", path, null)).getJsonArray("lacking").getJsonObject(0).getString("code"));
        RestApi.ok(RestApi.as(operator, "POST", path + "/events", "{\"event\":\"CONFIRM\",\"note\":\"By telephone, too.\"}"));
        RestApi.ok(RestApi.as(operator, "POST", path + "/events", "{\"event\":\"REFUSE\",\"causes\":[{\"code\":\"NETWORK\",\"text\":\"Unknown network\"}]}"));
        SoapAnswer refused = ok(call(scene, "requestStatus", "<a:id>" + id + "</a:id>"));
        assertEquals(List.of("REFUSED", "NETWORK"), List.of(refused.value("state"), ((org.w3c.dom.Element) refused.body().getElementsByTagNameNS("*", "cause").item(0)).getFirstChild().getTextContent()));
        assertEquals(id, ok(call(scene, "apply", "<a:kind>CONNECT</a:kind>" + WISH.replace("</a:body>", " Once more.</a:body>") + SERVICE_AND_CONTACT + "<a:previous>" + id + "</a:previous>")).value("previous"));
    }

    /** The work of a refused call is undone; the refusal is on record, with both messages, and the same message is heard no more. */
    @Test
    default void whatIsRefusedLeavesNothingButItsRecord() {
        Scene scene = new Scene(Contour.TEST, Participants.APPLICATION);
        String message = message(scene, scene.identity, "submitTestReport", WISH + "<a:report>AAAA</a:report>");
        Server.Response response = Server.soap("access", message);
        SoapAnswer answer = SoapAnswer.of(response);
        assertTrue(answer.value("faultCode").startsWith("DOCUMENT_"), response::text);
        assertEquals(response.ledgerEntry(), answer.value("occurrence"));
        assertEquals("", ok(call(scene, "listRequests", "")).value("id"), "a request was filed without its report");
        assertEquals(List.of("submitTestReport|" + answer.value("faultCode") + "|0"), Rows.of("select concat_ws('|', service_code, outcome, records) from consent.usage where occurrence = ?",
                UUID.fromString(response.ledgerEntry())));
        assertEquals(List.of("1"), Rows.of("select count(*) from exchange.message where occurrence = ?", UUID.fromString(response.ledgerEntry())));
        assertEquals("MESSAGE_REPLAYED", SoapAnswer.of(Server.soap("access", message)).refusalCode());
    }

    @Test
    default void theSameMessageFilesOnce() {
        Scene scene = unconnected();
        String message = message(scene, scene.identity, "apply", "<a:kind>CONNECT</a:kind>" + WISH + SERVICE_AND_CONTACT);
        Server.Response first = Server.soap("access", message);
        assertEquals("SUBMITTED", SoapAnswer.of(first).value("state"), first::text);
        assertFalse(first.ledgerEntry().isEmpty());
        assertEquals("MESSAGE_REPLAYED", SoapAnswer.of(Server.soap("access", message)).refusalCode());
        assertEquals(List.of("SOAP|SUBSYSTEM|" + scene.subsystem.id().value()), Rows.of("""
                select concat_ws('|', r.channel, e.actor_role, e.actor) from access.request r join access.request_event e on e.request_id = r.id where r.participant_id = ?""",
                scene.participant.id().value()));
    }

    @Test
    default void productionIsAskedForInTestAndFollowedInProduction() {
        Scene scene = new Scene(Contour.TEST, Participants.APPLICATION);
        String id = "<a:id>" + ok(call(scene, "requestProduction", WISH + SERVICE_AND_CONTACT)).value("id") + "</a:id>";
        assertEquals("NOT_FOUND", call(scene, "requestStatus", id).value("faultCode"));
        assertEquals("", ok(call(scene, "listRequests", "")).value("id"));
        TestCertificates.Identity production = TestCertificates.elliptic(scene.application.clock().instant());
        scene.addCertificate(scene.subsystem, Contour.PRODUCTION, production);
        assertEquals(List.of("SUBMITTED", "PRODUCTION"), List.of(ok(call(scene, production, "requestStatus", id)).value("state"), ok(call(scene, production, "listRequests", "")).value("contour")));
        assertEquals("RETRACTED", ok(call(scene, production, "retractRequest", id)).value("state"));
    }

    @Test
    default void theRulesSpeakTheParticipantsLanguage() {
        Scene scene = new Scene(Contour.TEST, Participants.APPLICATION);
        RegisterRows.run("update participants.participant set language = 'KY' where member_code = ?", scene.participant.memberCode());
        SoapAnswer refused = call(scene, "apply", "<a:kind>CONNECT</a:kind>" + WISH + SERVICE_AND_CONTACT);
        assertEquals("ALREADY_CONNECTED", refused.value("faultCode"));
        assertTrue(refused.value("faultString").matches(".*[а-яңөү].*"), refused.value("faultString"));
        assertEquals(3, refused.body().getElementsByTagNameNS("*", "explanation").getLength());
    }

    /** Each sample of the documentation, in the situation that it belongs to. */
    @Test
    default void theSampleMessagesOfTheDocumentationAreAnswered() throws IOException {
        Map<String, String> before = Map.of("requestStatus", "question", "listRequests", "request", "supplyInformation", "question", "retractRequest", "request", "endOutage", "outage",
                "notices", "notice", "markNoticesRead", "notice");
        List<Path> samples;
        try (var files = Files.list(SAMPLES)) {
            samples = files.sorted().toList();
        }
        assertEquals(15, samples.size());
        for (Path sample : samples) {
            String operation = sample.getFileName().toString().replace("-request.xml", "");
            Properties situation = new Properties();
            situation.setProperty("stands", operation.equals("apply") ? "disconnected" : "connected");
            if (before.containsKey(operation)) {
                situation.setProperty("before", before.get(operation));
            }
            Applicants applicant = Applicants.of(situation, FaultDialect.CAMEL_CASE);
            String text = applicant.filled(Files.readString(sample).replace("60009999", "${member}").replace("demo-bank-service", "app")
                    .replace("9a2b1c3d-0000-4000-8000-000000000001", "${before}").replace("6f0d7c1e-3b0a-4d0e-9c55-2a8f6f1b7a10", UUID.randomUUID().toString())
                    .replace("2026-11-20T09:00:00+06:00", "${an hour ago}").replace("2026-11-20T10:30:00+06:00", "${an hour ago}").replace("2026-11-20", "${yesterday}")
                    .replace("</soap:Header>", "${security}</soap:Header>"));
            Server.Response response = Server.soap("access", SoapText.of(text).signedBy(applicant.identity).text());
            SoapAnswer answer = SoapAnswer.of(response);
            assertEquals(operation + "Response", answer.payload().getLocalName(), response::text);
            answer.assertFitsTheSchema();
            // The sample's report is only the beginning of one.
            assertEquals(operation.equals("submitTestReport"), answer.value("faultCode").startsWith("DOCUMENT_"), response::text);
            if (!operation.equals("submitTestReport")) {
                assertEquals("", answer.value("faultCode"), response::text);
            }
        }
    }
}
