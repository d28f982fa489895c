package org.kopuro.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.kopuro.accounts.Role;
import org.kopuro.kernel.Contour;
import org.kopuro.ledger.proof.Receipt;
import org.kopuro.ledger.proof.Unproven;
import org.kopuro.loans.LoanScene;
import org.kopuro.testing.Scene;

/** A bank's program enters loans and goes on with them; a regulator watches (LOAN-140). All that is said is held against the description. */
interface LoansOverRest {

    String LOANS = LoanCaller.LOANS;

    @Test
    default void aLoanGoesFromItsApplicationToItsBalances() throws Unproven {
        LoanCaller.Watched watched = LoanCaller.Watched.flagging();
        LoanCaller bank = LoanCaller.ofANewBank(watched.programme());
        String inn = LoanCaller.aBorrower();
        LoanCaller.Answer entered = bank.enter("A-17", LoanCaller.application(watched.programme(), inn));
        JsonObject formed = entered.created();
        assertEquals("FORMED \"1\" 1000000.00 ООО «Ромашка»", formed.getString("status") + " " + entered.etag() + " " + formed.getString("requested") + " " + formed.getJsonObject("borrower").getString("name"));
        JsonObject approved = bank.change(formed, "approve", LoanCaller.sample("approval")).ok();
        LoanCaller.Answer concluded = bank.change(approved, "contract", LoanCaller.sample("contract"));
        JsonObject contracted = concluded.ok();
        assertEquals("APPROVED true \"3\" 3.5", contracted.getString("status") + " " + contracted.getBoolean("contracted") + " " + concluded.etag() + " " + contracted.getString("rate"));
        JsonObject issued = bank.change(contracted, "issues", LoanCaller.sample("issues")).ok();
        assertEquals("600000.00", issued.getString("issued"));
        JsonObject balanced = bank.change(issued, "balances", LoanCaller.sample("balances")).ok();
        String path = LOANS + "/" + formed.getString("id");
        JsonObject corrected = bank.send("PATCH", path, LoanCaller.sample("correction"), Map.of("If-Match", "\"" + balanced.getInt("version") + "\"", "Content-Type", "application/merge-patch+json")).ok();
        assertEquals("K-1/2026 6", corrected.getString("contractNumber") + " " + corrected.getInt("version"));

        assertEquals(corrected, bank.read(path));
        JsonArray versions = bank.read(path + "/history").getJsonArray("versions");
        assertEquals(List.of("[\"FORM\"]", "[\"APPROVE\"]", "[\"CONTRACT\"]", "[\"RECORD\"]", "[\"RECORD\"]", "[\"CORRECT\"]"),
                versions.getValuesAs(JsonObject.class).stream().map(version -> version.getJsonArray("events").toString()).toList());
        JsonObject then = bank.read(path + "?asOf=" + versions.getJsonObject(1).getString("at"));
        LoanCaller.assertSame(approved, then, "version", "status", "approved", "contracted");
        RestApi.assertProblem(404, "NOT_FOUND", "asOf", bank.get(path + "?asOf=2020-01-01T00:00:00Z"));
        RestApi.assertProblem(400, "FIELD_INVALID", "asOf", bank.get(path + "?asOf=yesterday"));
        assertEquals(contracted.getString("check"), bank.read(path + "/check").getJsonArray("checks").getJsonObject(0).getString("id"));
        assertTrue(bank.read(path + "/headcount").containsKey("nextRefresh"));
        RestApi.assertProblem(404, "NOT_FOUND", "sheet", bank.get(path + "/sheet"));
        assertEquals("loans.loan_changed", receipt(bank, path).verify(PublishedLedger.keys(), List.of()).entry().type());
    }

    private static Receipt receipt(LoanCaller bank, String path) throws Unproven {
        Instant until = Instant.now().plusSeconds(10);
        Server.Response response;
        do {
            response = bank.get(path + "/receipt");
        } while (response.status() == 409 && Instant.now().isBefore(until));
        RestApi.ok(response);
        return Receipt.parse(response.text());
    }

    @Test
    default void anEntryIsMadeOnceForEachKey() {
        LoanCaller.Watched watched = LoanCaller.Watched.flagging();
        LoanCaller bank = LoanCaller.ofANewBank(watched.programme());
        String body = LoanCaller.application(watched.programme(), LoanCaller.aBorrower());
        String key = UUID.randomUUID().toString();
        JsonObject first = bank.enter(key, body).created();
        bank.change(first, "approve", LoanCaller.sample("approval")).ok();
        LoanCaller.Answer again = bank.enter(key, body);
        LoanCaller.assertSame(first, again.created(), "id", "version", "status", "requested");
        assertEquals("\"1\"", again.etag(), "as the first time, whatever happened since");
        bank.enter(key, body.replace("1000000.00", "1000000.01")).refused(409, "KEY_USED_OTHERWISE", "Idempotency-Key");
        bank.enter(null, body).refused(400, "KEY_MISSING", "Idempotency-Key");
        bank.enter("two words", body).refused(400, "KEY_MISSING", "Idempotency-Key");
        LoanCaller.ofANewBank(watched.programme()).enter(key, body).created();
    }

    @Test
    default void whoeverChangesALoanSaysWhichVersionHeRead() {
        LoanCaller.Watched watched = LoanCaller.Watched.flagging();
        LoanCaller bank = LoanCaller.ofANewBank(watched.programme());
        JsonObject formed = bank.entered(watched.programme(), LoanCaller.aBorrower());
        String path = LOANS + "/" + formed.getString("id");
        bank.send("PATCH", path, "{\"requested\":\"1100000.00\"}", Map.of("If-Match", "\"1\"")).ok();
        bank.send("POST", path + "/approve", LoanCaller.sample("approval"), Map.of()).refused(428, "VERSION_MISSING", "If-Match");
        LoanCaller.Answer stale = bank.change(formed, "approve", LoanCaller.sample("approval"));
        stale.refused(412, "VERSION_CONFLICT", "version");
        assertTrue(RestApi.json(stale.response()).getString("detail").contains("requested"), stale.response()::text);
        for (String wrong : List.of("1", "*", "W/\"1\"", "\"x\"", "\"99999999999\"", "\"1\", \"2\"")) {
            bank.send("POST", path + "/approve", LoanCaller.sample("approval"), Map.of("If-Match", wrong)).refused(400, "FIELD_INVALID", "If-Match");
        }
        bank.change(formed.getString("id"), 2, "approve", LoanCaller.sample("approval")).ok();
    }

    @Test
    default void whatIsWrongWithARequestIsSaid() {
        LoanCaller.Watched watched = LoanCaller.Watched.flagging();
        LoanCaller bank = LoanCaller.ofANewBank(watched.programme());
        String body = LoanCaller.application(watched.programme(), LoanCaller.aBorrower());
        bank.enter("k1", body.replace("\"borrowerKind\"", "\"kind\"")).refused(400, "FIELD_UNKNOWN", "kind");
        bank.enter("k1", body.replace("\"requested\": \"1000000.00\"", "\"requested\": 1000000")).refused(400, "FIELD_INVALID", "requested");
        bank.enter("k1", body.replace("LEGAL_ENTITY", "COMPANY")).refused(400, "FIELD_INVALID", "borrowerKind");
        bank.enter("k1", body.replaceFirst("\"inn\": \"\\d+\",", "")).refused(400, "FIELD_MISSING", "inn");
        bank.enter("k1", "[]").refused(400, "BODY_NOT_JSON", null);
        JsonObject formed = bank.enter("k1", body).created();
        bank.change(formed, "contract", LoanCaller.sample("contract")).refused(409, "TRANSITION_NOT_ALLOWED", "event");
        bank.change(formed, "approve", LoanCaller.sample("approval").replaceFirst("\\{", "{\"inn\": \"7707083893\",")).refused(400, "FIELD_UNKNOWN", "inn");
        bank.change(formed, "withdraw", "{}").refused(400, "REASON_MISSING", "reason");
        assertEquals("WITHDRAWN", bank.change(formed, "withdraw", LoanCaller.sample("withdrawal")).ok().getString("status"));
        String path = LOANS + "/" + formed.getString("id");
        assertEquals(405, bank.send("DELETE", path, null, Map.of()).response().status());
        assertEquals(405, bank.send("GET", path + "/approve", null, Map.of()).response().status());
        assertEquals(415, bank.send("POST", LOANS, "<loan/>", Map.of("Content-Type", "text/xml", "Idempotency-Key", "k2")).response().status());
        assertEquals(406, bank.send("GET", path, null, Map.of("Accept", "text/html")).response().status());
        assertEquals(404, bank.send("GET", LOANS + "/1", null, Map.of()).response().status());
        RestApi.assertProblem(404, "NOT_FOUND", "loan", bank.get(LOANS + "/" + UUID.randomUUID()));
    }

    @Test
    default void aBankSeesItsOwnLoansAndOfOthersThatThereIsOne() {
        LoanCaller.Watched watched = LoanCaller.Watched.flagging();
        LoanCaller one = LoanCaller.ofANewBank(watched.programme());
        LoanCaller other = LoanCaller.ofANewBank(watched.programme());
        String inn = LoanCaller.aBorrower();
        JsonObject first = one.entered(watched.programme(), inn);
        String path = LOANS + "/" + first.getString("id");
        for (String part : List.of("", "/history", "/duplicates", "/check", "/sheet", "/headcount", "/receipt")) {
            RestApi.assertProblem(404, "NOT_FOUND", "loan", other.get(path + part));
        }
        other.change(first, "approve", LoanCaller.sample("approval")).refused(404, "NOT_FOUND", "loan");
        other.send("PATCH", path, "{\"requested\":\"1.00\"}", Map.of("If-Match", "\"1\"")).refused(404, "NOT_FOUND", "loan");
        String question = LoanCaller.sample("duplicate-check").replace("1528", watched.programme()).replace("7707083893", inn);
        assertEquals("true 2026-02", found(RestApi.ok(other.post(LOANS + "/duplicate-check", question))));
        assertEquals("false ", found(RestApi.ok(other.post(LOANS + "/duplicate-check", question.replace(inn, LoanScene.inn())))));
        JsonObject second = other.entered(watched.programme(), inn);
        assertTrue(second.getBoolean("duplicate"));
        assertTrue(second.getJsonArray("sayings").toString().contains("DUPLICATE_FLAGGED"), second::toString);
        JsonObject twin = other.read(LOANS + "/" + second.getString("id") + "/duplicates").getJsonArray("duplicates").getJsonObject(0);
        assertEquals("2026-02 OPEN", twin.getString("month") + " " + twin.getString("review"));
        assertFalse(twin.containsKey("loan"));
    }

    private static String found(JsonObject answer) {
        return answer.getBoolean("active") + " " + answer.getString("month", "");
    }

    @Test
    default void aRegulatorWatchesItsOwnProgrammesAlone() {
        LoanCaller.Watched watched = LoanCaller.Watched.flagging();
        UUID bank = LoanScene.aBank(Participants.APPLICATION, Contour.TEST, watched.programme());
        LoanCaller operator = LoanCaller.of(Role.BANK_OPERATOR, bank);
        String inn = LoanCaller.aBorrower();
        JsonObject first = operator.entered(watched.programme(), inn);
        JsonObject second = LoanCaller.ofANewBank(watched.programme()).entered(watched.programme(), inn);
        LoanCaller regulator = LoanCaller.watching(watched.regulator());
        LoanCaller stranger = LoanCaller.watching(LoanCaller.Watched.flagging().regulator());
        String path = LOANS + "/" + first.getString("id");
        assertEquals(bank.toString(), regulator.read(path).getString("bank"));
        RestApi.assertProblem(404, "NOT_FOUND", "loan", stranger.get(path));
        JsonObject twin = regulator.read(path + "/duplicates").getJsonArray("duplicates").getJsonObject(0);
        assertEquals(second.getString("id"), twin.getJsonObject("loan").getString("id"), "both sides");
        String review = "{\"other\":\"" + second.getString("id") + "\",\"outcome\":\"DIFFERENT_LOAN\",\"reason\":\"Another branch.\"}";
        assertEquals(403, operator.post(path + "/duplicates/reviews", review).status());
        RestApi.assertProblem(404, "NOT_FOUND", "loan", stranger.post(path + "/duplicates/reviews", review));
        assertEquals("DIFFERENT_LOAN", RestApi.ok(regulator.post(path + "/duplicates/reviews", review)).getJsonArray("duplicates").getJsonObject(0).getString("review"));
        assertFalse(operator.read(path).getBoolean("duplicate"));
        JsonObject pair = regulator.read("/api/v1/loan-alerts/duplicates?review=DIFFERENT_LOAN").getJsonArray("pairs").getJsonObject(0);
        assertEquals("DIFFERENT_LOAN 2", pair.getString("review") + " " + pair.getJsonArray("loans").size());
        assertEquals(0, regulator.read("/api/v1/loan-alerts/duplicates?review=OPEN").getJsonArray("pairs").size());
        assertEquals(403, operator.get("/api/v1/loan-alerts/duplicates").status());
        assertEquals(1, regulator.read(path + "/history").getJsonArray("reviews").size());
        assertEquals(403, regulator.change(first, "approve", LoanCaller.sample("approval")).response().status());
        regulator.change(first, "withdraw", "{}").refused(400, "FIELD_MISSING", "reason");
        stranger.change(first, "withdraw", LoanCaller.sample("withdrawal")).refused(404, "NOT_FOUND", "loan");
        assertEquals("WITHDRAWN", regulator.change(first, "withdraw", LoanCaller.sample("withdrawal")).ok().getString("status"));
    }

    @Test
    default void aLoanThatWasEnteredInErrorIsWithdrawnByBoth() {
        LoanCaller.Watched watched = LoanCaller.Watched.flagging();
        LoanCaller bank = LoanCaller.ofANewBank(watched.programme());
        LoanCaller regulator = LoanCaller.watching(watched.regulator());
        JsonObject contracted = bank.change(bank.change(bank.entered(watched.programme(), LoanCaller.aBorrower()), "approve", LoanCaller.sample("approval")).ok(), "contract", LoanCaller.sample("contract")).ok();
        regulator.change(contracted, "error-confirmation", null).refused(409, "ERROR_NOT_REPORTED", "loan");
        assertTrue(bank.change(contracted, "error-report", LoanCaller.sample("withdrawal")).ok().containsKey("errorReport"));
        bank.change(contracted, "error-report", LoanCaller.sample("withdrawal")).refused(409, "ERROR_REPORTED", "loan");
        assertEquals(contracted.getString("id"), regulator.read("/api/v1/loan-alerts/errors").getJsonArray("reports").getJsonObject(0).getString("loan"));
        assertEquals(403, bank.change(contracted, "error-rejection", LoanCaller.sample("withdrawal")).response().status());
        assertTrue(regulator.change(contracted, "error-rejection", LoanCaller.sample("withdrawal")).ok().getJsonObject("errorReport").containsKey("declined"));
        assertEquals(0, bank.read("/api/v1/loan-alerts/errors").getJsonArray("reports").size());
        JsonObject corrected = bank.send("PATCH", LOANS + "/" + contracted.getString("id"), "{\"contractNumber\":\"K-2\",\"reason\":\"A misprint.\"}", Map.of("If-Match", "\"3\"")).ok();
        bank.change(corrected, "error-report", LoanCaller.sample("withdrawal")).ok();
        assertEquals(403, bank.change(corrected, "error-confirmation", null).response().status());
        assertEquals("WITHDRAWN", regulator.change(corrected, "error-confirmation", null).ok().getString("status"));
    }

    /** Whoever proposed reads what became of it, and why; so does an auditor. */
    @Test
    default void aProposalIsReadUntilItIsDecidedAndAfterwards() {
        LoanCaller.Watched watched = LoanCaller.Watched.flagging();
        UUID bank = LoanScene.aBank(Participants.APPLICATION, Contour.TEST, watched.programme());
        LoanCaller operator = LoanCaller.of(Role.BANK_OPERATOR, bank);
        LoanCaller controller = LoanCaller.of(Role.BANK_CONTROLLER, bank);
        LoanCaller.of(Role.NODE_ADMINISTRATOR, bank).send("PUT", "/api/v1/loan-proposals/four-eyes", "{\"wanted\":true,\"reason\":\"Our rules.\"}", Map.of()).ok();
        JsonObject formed = operator.entered(watched.programme(), LoanCaller.aBorrower());
        JsonObject proposed = accepted(operator.change(formed, "approve", LoanCaller.sample("approval")));
        String address = "/api/v1/loan-proposals/" + proposed.getString("id");
        assertFalse(operator.read(address).containsKey("outcome"));
        RestApi.ok(controller.post(address + "/events", "{\"event\":\"REJECT\",\"reason\":\"Look again.\"}"));
        LoanCaller auditor = LoanCaller.official(Role.AUDITOR);
        for (LoanCaller reader : List.of(operator, controller, auditor)) {
            JsonObject decided = reader.read(address);
            assertEquals("REJECTED Look again.", decided.getString("outcome") + " " + decided.getString("remark"));
        }
        RestApi.assertProblem(404, "NOT_FOUND", "proposal", LoanCaller.ofANewBank(watched.programme()).get(address));
        String body = LoanCaller.application(watched.programme(), LoanCaller.aBorrower()).stripTrailing().replaceFirst("\\}$", ", \"approved\": \"1000.00\", \"decidedOn\": \"2026-02-10\"}");
        JsonObject entering = accepted(operator.enter("a-key", body));
        JsonObject confirmed = RestApi.ok(controller.post("/api/v1/loan-proposals/" + entering.getString("id") + "/events", "{\"event\":\"CONFIRM\"}"));
        JsonObject again = accepted(operator.enter("a-key", body));
        assertEquals("CONFIRMED " + confirmed.getString("loan"), again.getString("outcome") + " " + again.getString("loan"));
        assertEquals(0, auditor.read("/api/v1/loan-proposals").getJsonArray("proposals").stream().filter(one -> one.asJsonObject().getString("bank").equals(bank.toString())).count());
    }

    private static JsonObject accepted(LoanCaller.Answer answer) {
        assertEquals(202, answer.response().status(), () -> answer.response().text());
        return LoanCaller.json(answer.response().text());
    }

    @Test
    default void anApplicationIsWithdrawnAndEnteredAnewInOneStep() {
        LoanCaller.Watched watched = LoanCaller.Watched.flagging();
        LoanCaller bank = LoanCaller.ofANewBank(watched.programme());
        JsonObject formed = bank.entered(watched.programme(), LoanCaller.aBorrower());
        JsonObject anew = bank.change(formed, "re-enter", "{\"requested\":\"2000000.00\",\"reason\":\"Another headcount.\"}").created();
        assertEquals(formed.getString("id") + " 2000000.00", anew.getString("replaces") + " " + anew.getString("requested"));
        assertEquals("WITHDRAWN", bank.read(LOANS + "/" + formed.getString("id")).getString("status"));
        assertEquals("REJECTED", bank.change(bank.change(anew, "recheck", "{}").ok(), "reject", LoanCaller.sample("rejection")).ok().getString("status"));
    }

    @Test
    default void whoHasNoPartInLoansIsNotLetIn() {
        LoanCaller.Watched watched = LoanCaller.Watched.flagging();
        UUID bank = LoanScene.aBank(Participants.APPLICATION, Contour.TEST, watched.programme());
        JsonObject formed = LoanCaller.of(Role.BANK_OPERATOR, bank).entered(watched.programme(), LoanCaller.aBorrower());
        String path = LOANS + "/" + formed.getString("id");
        LoanCaller controller = LoanCaller.of(Role.BANK_CONTROLLER, bank);
        controller.read(path);
        assertEquals(403, controller.change(formed, "approve", LoanCaller.sample("approval")).response().status());
        assertEquals(403, controller.enter("k", LoanCaller.application(watched.programme(), LoanScene.inn())).response().status());
        LoanCaller taxpayer = new LoanCaller(RestApi.anAccount(Role.TAXPAYER, Contour.TEST, Participants.speaking(org.kopuro.participants.FaultDialect.CAMEL_CASE).inn));
        assertEquals(403, taxpayer.get(path).status());
        assertEquals(403, LoanCaller.of(Role.PARTICIPANT, bank).get(path).status());
        LoanCaller auditor = LoanCaller.official(Role.AUDITOR);
        auditor.read(path + "/history");
        assertEquals(403, auditor.change(formed, "withdraw", LoanCaller.sample("withdrawal")).response().status());
        assertEquals(401, Server.send("GET", path, null, Map.of()).status());
        LoanCaller unconnected = LoanCaller.of(Role.BANK_OPERATOR, new Scene(Contour.TEST, Participants.APPLICATION).participant.id().value());
        unconnected.enter("k", LoanCaller.application(watched.programme(), LoanCaller.aBorrower())).refused(403, "BANK_NOT_CONNECTED", "programme");
    }

    @Test
    default void whatIsThereIsDescribedToEverybody() {
        Server.Response description = Server.send("GET", LOANS + "/openapi", null, Map.of());
        assertEquals(200, description.status());
        assertEquals(LoanDescription.shipped().document().toString(), LoanCaller.json(new String(description.body(), StandardCharsets.UTF_8)).toString());
    }

    /** The node of these tests admits a hundred requests at once, and twenty a second from then on. */
    @Test
    default void whoeverAsksTooFastIsToldWhenToComeAgainAndNobodyElseIs() {
        UUID bank = LoanScene.aBank(Participants.APPLICATION, Contour.TEST);
        LoanCaller fast = LoanCaller.of(Role.BANK_OPERATOR, bank);
        Server.Response response;
        int requests = 0;
        do {
            response = fast.get("/api/v1/programmes/none");
            requests++;
        } while (response.status() != 429 && requests < 5000);
        RestApi.assertProblem(429, "LOAN_RATE_LIMITED", "limit.requestsPerSecond", response);
        assertTrue(requests > 100, "after " + requests);
        LoanCaller.of(Role.BANK_CONTROLLER, bank);
        assertEquals(200, LoanCaller.ofANewBank().get("/api/v1/programmes").status());
    }
}
