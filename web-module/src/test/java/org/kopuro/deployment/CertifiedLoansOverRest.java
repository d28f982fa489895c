package org.kopuro.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;

import jakarta.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.kopuro.accounts.Role;
import org.kopuro.kernel.Contour;
import org.kopuro.participants.CertificatePurpose;
import org.kopuro.participants.NewCertificate;
import org.kopuro.participants.SigningCertificate;
import org.kopuro.testing.Scene;
import org.kopuro.testing.TestProgrammes;

/** A bank's system without any account: it enters and decides by the certificate of its connection, and the history names its subsystem (decision 0038). */
interface CertifiedLoansOverRest {

    HttpClient LENDER = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).sslContext(Tls.as(Tls.LENDER)).build();

    private static LoanCaller.Answer send(String method, String address, String body, Map<String, String> headers) {
        HttpResponse<byte[]> response = raw(method, address, body, headers);
        LoanDescription.shipped().assertDescribes(method, address, body, response);
        return new LoanCaller.Answer(Server.Response.of(response), response.headers().firstValue("ETag").orElse(""));
    }

    private static HttpResponse<byte[]> raw(String method, String address, String body, Map<String, String> headers) {
        Map<String, String> all = new HashMap<>(Map.of("Content-Type", "application/json", "Accept-Language", "en"));
        all.putAll(headers);
        return Server.http(LENDER, URI.create("https://127.0.0.1:" + Tls.PORT + address), method, body == null ? null : body.getBytes(StandardCharsets.UTF_8), all);
    }

    private static LoanCaller.Answer approved(JsonObject loan) {
        return send("POST", LoanCaller.LOANS + "/" + loan.getString("id") + "/approve", LoanCaller.sample("approval"), Map.of("If-Match", "\"" + loan.getInt("version") + "\""));
    }

    @Test
    default void aLoanIsEnteredAndApprovedByACertificateAndTheHistorySaysByWhich() {
        LoanCaller.Watched watched = LoanCaller.Watched.flagging();
        String body = LoanCaller.application(watched.programme(), LoanCaller.aBorrower());
        assertEquals(401, raw("GET", LoanCaller.LOANS, null, Map.of()).statusCode(), "registered nowhere");
        Scene scene = Scene.unconnected(Contour.TEST, Participants.APPLICATION);
        UUID bank = scene.participant.id().value();
        scene.connect(Contour.TEST, "RU-1221");
        TestProgrammes.accredit(bank, Contour.TEST, watched.programme(), LocalDate.of(2020, 1, 1));
        scene.application.run(org.kopuro.participants.Participants.class, participants -> participants.registerCertificate(
                NewCertificate.fromLetter(scene.subsystem.id(), Contour.TEST, CertificatePurpose.TLS, SigningCertificate.read(Tls.LENDER.der(), "pem"), "a letter of a test"), Scene.OFFICIAL));
        theLoanServiceIsClosedToASystemWithoutItsRight(body);
        scene.grant(scene.subsystem, "lendingMonitoring", scene.today(), null);

        JsonObject entered = send("POST", LoanCaller.LOANS, body, Map.of("Idempotency-Key", "k-1")).created();
        assertEquals(bank.toString(), entered.getString("bank"));
        assertEquals(entered.getString("id"), send("POST", LoanCaller.LOANS, body, Map.of("Idempotency-Key", "k-1")).created().getString("id"));
        JsonObject approved = approved(entered).ok();
        assertEquals("APPROVED 2", approved.getString("status") + " " + approved.getInt("version"));
        String path = LoanCaller.LOANS + "/" + entered.getString("id");
        assertEquals(approved, send("GET", path, null, Map.of()).ok());
        String subsystem = scene.subsystem.id().value().toString();
        for (JsonObject history : List.of(send("GET", path + "/history", null, Map.of()).ok(), LoanCaller.of(Role.BANK_OPERATOR, bank).read(path + "/history"), LoanCaller.watching(watched.regulator()).read(path + "/history"))) {
            assertEquals(List.of("[\"FORM\"] SUBSYSTEM " + subsystem, "[\"APPROVE\"] SUBSYSTEM " + subsystem), history.getJsonArray("versions").getValuesAs(JsonObject.class).stream()
                    .map(version -> version.getJsonArray("events") + " " + version.getString("actorRole") + " " + version.getString("actor")).toList());
        }

        JsonObject foreign = LoanCaller.ofANewBank(watched.programme()).entered(watched.programme(), LoanCaller.aBorrower());
        approved(foreign).refused(404, "NOT_FOUND", "loan");
        assertEquals(403, send("GET", "/api/v1/loan-aggregates?by=BANK", null, Map.of()).response().status(), "it is a bank's, and no more");
        fourEyes(bank, watched.programme(), subsystem);
    }

    private static void theLoanServiceIsClosedToASystemWithoutItsRight(String application) {
        send("POST", LoanCaller.LOANS, application, Map.of("Idempotency-Key", "k-1")).refused(403, "SYSTEM_WITHOUT_RIGHT", "programme");
        for (String address : List.of(LoanCaller.LOANS, LoanCaller.LOANS + "/" + UUID.randomUUID(), LoanCaller.LOANS + "/" + UUID.randomUUID() + "/headcount", "/api/v1/loan-imports", "/api/v1/loan-alerts/jobs",
                "/api/v1/loan-proposals")) {
            send("GET", address, null, Map.of()).refused(403, "SYSTEM_WITHOUT_RIGHT", "programme");
        }
    }

    /** What a program decides waits like anybody's decision, and a program is no controller. */
    private static void fourEyes(UUID bank, String programme, String subsystem) {
        LoanCaller.of(Role.NODE_ADMINISTRATOR, bank).send("PUT", FourEyesOverRest.FOUR_EYES, FourEyesOverRest.Bank.turn(true), Map.of()).ok();
        JsonObject formed = send("POST", LoanCaller.LOANS, LoanCaller.application(programme, LoanCaller.aBorrower()), Map.of("Idempotency-Key", "k-2")).created();
        LoanCaller.Answer waiting = approved(formed);
        assertEquals(202, waiting.response().status(), waiting.response()::text);
        JsonObject proposal = RestApi.json(waiting.response());
        assertEquals(subsystem, proposal.getString("proposedBy"));
        String events = FourEyesOverRest.PROPOSALS + "/" + proposal.getString("id") + "/events";
        assertEquals(403, send("POST", events, "{\"event\":\"CONFIRM\"}", Map.of()).response().status());
        assertEquals("CONFIRMED", RestApi.ok(LoanCaller.of(Role.BANK_CONTROLLER, bank).post(events, "{\"event\":\"CONFIRM\"}")).getString("outcome"));
    }
}
