package org.kopuro.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.kopuro.accounts.Role;
import org.kopuro.kernel.Contour;
import org.kopuro.loans.LoanScene;
import org.kopuro.testing.TestAccounts;

/** A bank whose node administrator has turned four eyes on: what its operators decide waits, and its controller confirms or rejects it. */
interface FourEyesOverRest {

    String PROPOSALS = "/api/v1/loan-proposals";
    String FOUR_EYES = PROPOSALS + "/four-eyes";

    /** A bank, its people, and the switch on. */
    final class Bank {

        final LoanCaller.Watched watched = LoanCaller.Watched.flagging();
        final UUID id = LoanScene.aBank(Participants.APPLICATION, Contour.TEST, watched.programme());
        final LoanCaller operator = LoanCaller.of(Role.BANK_OPERATOR, id);
        final LoanCaller controller = LoanCaller.of(Role.BANK_CONTROLLER, id);

        Bank() {
            LoanCaller administrator = LoanCaller.of(Role.NODE_ADMINISTRATOR, id);
            assertFalse(administrator.read(FOUR_EYES).getBoolean("wanted"));
            assertEquals(403, operator.send("PUT", FOUR_EYES, turn(true), Map.of()).response().status());
            assertEquals(true, administrator.send("PUT", FOUR_EYES, turn(true), Map.of()).ok().getBoolean("wanted"));
            assertEquals(true, operator.read(FOUR_EYES).getBoolean("wanted"));
        }

        static String turn(boolean wanted) {
            return "{\"wanted\":" + wanted + ",\"reason\":\"As our rules say.\"}";
        }

        JsonObject formed() {
            return operator.entered(watched.programme(), LoanCaller.aBorrower());
        }

        JsonObject card(JsonObject loan) {
            return operator.read(LoanCaller.LOANS + "/" + loan.getString("id"));
        }

        List<String> waiting() {
            return controller.read(PROPOSALS).getJsonArray("proposals").getValuesAs(JsonObject.class).stream().map(one -> one.getString("id")).toList();
        }
    }

    private static JsonObject waits(LoanCaller.Answer answer) {
        assertEquals(202, answer.response().status(), answer.response()::text);
        return RestApi.json(answer.response());
    }

    private static Server.Response decided(LoanCaller by, JsonObject proposal, String decision) {
        return by.post(PROPOSALS + "/" + proposal.getString("id") + "/events", decision);
    }

    @Test
    default void aDecisionWaitsForTheControllerAndIsTheControllers() {
        Bank bank = new Bank();
        JsonObject formed = bank.formed();
        assertEquals("FORMED", formed.getString("status"), "an application is the operator's own");
        JsonObject proposal = waits(bank.operator.change(formed, "approve", LoanCaller.sample("approval")));
        assertEquals("APPROVE 900000.00 " + formed.getString("id") + " 1",
                proposal.getString("event") + " " + proposal.getJsonObject("stated").getString("approved") + " " + proposal.getString("loan") + " " + proposal.getInt("version"));
        assertEquals(List.of(proposal.getString("id")), bank.waiting());
        assertEquals("FORMED 1", bank.card(formed).getString("status") + " " + bank.card(formed).getInt("version"));
        bank.operator.change(formed, "reject", LoanCaller.sample("rejection")).refused(409, "PROPOSAL_WAITS", "loan");

        assertEquals(403, decided(bank.operator, proposal, "{\"event\":\"CONFIRM\"}").status());
        RestApi.assertProblem(404, "NOT_FOUND", "proposal", decided(new Bank().controller, proposal, "{\"event\":\"CONFIRM\"}"));
        RestApi.assertProblem(400, "FIELD_INVALID", "reason", decided(bank.controller, proposal, "{\"event\":\"CONFIRM\",\"reason\":\"x\"}"));
        JsonObject outcome = RestApi.ok(decided(bank.controller, proposal, "{\"event\":\"CONFIRM\"}"));
        assertEquals("CONFIRMED " + formed.getString("id") + " 2", outcome.getString("outcome") + " " + outcome.getString("loan") + " " + outcome.getInt("version"));
        assertEquals("APPROVED 900000.00", bank.card(formed).getString("status") + " " + bank.card(formed).getString("approved"));
        JsonObject last = bank.operator.read(LoanCaller.LOANS + "/" + formed.getString("id") + "/history").getJsonArray("versions").getJsonObject(1);
        assertEquals("APPROVE BANK_CONTROLLER", last.getJsonArray("events").getValuesAs(JsonString.class).get(0).getString() + " " + last.getString("actorRole"));
        RestApi.assertProblem(409, "PROPOSAL_DECIDED", "proposal", decided(bank.controller, proposal, "{\"event\":\"CONFIRM\"}"));
        assertEquals(List.of(), bank.waiting());
    }

    @Test
    default void whatTheControllerRejectsChangesNothingAndMayBeProposedAgain() {
        Bank bank = new Bank();
        JsonObject formed = bank.formed();
        JsonObject proposal = waits(bank.operator.change(formed, "approve", LoanCaller.sample("approval")));
        RestApi.assertProblem(400, "FIELD_MISSING", "reason", decided(bank.controller, proposal, "{\"event\":\"REJECT\"}"));
        assertEquals("REJECTED", RestApi.ok(decided(bank.controller, proposal, "{\"event\":\"REJECT\",\"reason\":\"Another sum.\"}")).getString("outcome"));
        assertEquals("FORMED 1", bank.card(formed).getString("status") + " " + bank.card(formed).getInt("version"));
        JsonObject again = waits(bank.operator.change(formed, "approve", LoanCaller.sample("approval").replace("900000.00", "800000.00")));
        RestApi.ok(decided(bank.controller, again, "{\"event\":\"CONFIRM\"}"));
        assertEquals("800000.00", bank.card(formed).getString("approved"));
    }

    @Test
    default void anApprovedLoanIsProposedOnceForEachKeyAndEnteredByTheConfirmation() {
        Bank bank = new Bank();
        String decision = LoanCaller.sample("approval").strip();
        String body = LoanCaller.application(bank.watched.programme(), LoanCaller.aBorrower()).strip().replaceFirst("}$", "," + decision.substring(1));
        JsonObject proposal = waits(bank.operator.enter("k-1", body));
        assertEquals("ENTER", proposal.getString("event"));
        assertEquals(proposal.getString("id"), waits(bank.operator.enter("k-1", body)).getString("id"), "the same key is the same proposal");
        assertEquals(List.of(proposal.getString("id")), bank.waiting());
        bank.operator.enter("k-1", body.replace("900000.00", "900000.01")).refused(409, "KEY_USED_OTHERWISE", "Idempotency-Key");
        bank.operator.enter(null, body).refused(400, "KEY_MISSING", "Idempotency-Key");
        assertEquals(0, bank.operator.read(LoanCaller.LOANS).getJsonArray("loans").size(), "nothing is entered yet");
        JsonObject outcome = RestApi.ok(decided(bank.controller, proposal, "{\"event\":\"CONFIRM\"}"));
        assertEquals("APPROVED", bank.card(RestApi.json(bank.operator.get(LoanCaller.LOANS + "/" + outcome.getString("loan")))).getString("status"));
        LoanCaller.of(Role.NODE_ADMINISTRATOR, bank.id).send("PUT", FOUR_EYES, Bank.turn(false), Map.of()).ok();
        assertEquals(proposal.getString("id"), waits(bank.operator.enter("k-1", body)).getString("id"), "the first answer, whatever is wanted by now");
        assertEquals(1, bank.operator.read(LoanCaller.LOANS).getJsonArray("loans").size(), "the key stays used");
    }

    @Test
    default void whoeverProposedDoesNotConfirmWhateverHisRoles() {
        Bank bank = new Bank();
        LoanCaller both = new LoanCaller(TestAccounts.make(Contour.TEST, Optional.empty(), Optional.of(bank.id), Role.BANK_OPERATOR, Role.BANK_CONTROLLER));
        JsonObject proposal = waits(both.change(bank.formed(), "approve", LoanCaller.sample("approval")));
        RestApi.assertProblem(403, "OWN_PROPOSAL", "proposal", decided(both, proposal, "{\"event\":\"CONFIRM\"}"));
        assertEquals("CONFIRMED", RestApi.ok(decided(bank.controller, proposal, "{\"event\":\"CONFIRM\"}")).getString("outcome"));
    }

    @Test
    default void whatHasChangedMeanwhileIsNotConfirmed() {
        Bank bank = new Bank();
        JsonObject formed = bank.formed();
        JsonObject proposal = waits(bank.operator.change(formed, "approve", LoanCaller.sample("approval")));
        bank.operator.send("PATCH", LoanCaller.LOANS + "/" + formed.getString("id"), "{\"requested\":\"950000.00\"}", Map.of("If-Match", "\"1\"")).ok();
        RestApi.assertProblem(412, "VERSION_CONFLICT", "version", decided(bank.controller, proposal, "{\"event\":\"CONFIRM\"}"));
        assertEquals("FORMED 2", bank.card(formed).getString("status") + " " + bank.card(formed).getInt("version"));
        assertEquals(List.of(proposal.getString("id")), bank.waiting(), "it waits until it is rejected");
    }
}
