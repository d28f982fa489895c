package org.kopuro.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Every address at which something happens to a loan, by its bank and by its regulator, wherever the loan stands: what LOAN-T03 to LOAN-T09 allow happens, and nothing else does. */
interface TransitionsOverRest {

    List<String> STANDINGS = List.of("FORMED", "APPROVED", "CONTRACTED", "REJECTED", "WITHDRAWN");

    /** In the order of {@link #STANDINGS}: the status afterwards, or the refusal's code. A bank's and a regulator's, whose only addresses are the last three. */
    List<List<String>> TABLE = List.of(
            List.of("edit", "FORMED", "APPROVED", "APPROVED", "REJECTED", "TRANSITION_NOT_ALLOWED"),
            List.of("approve", "APPROVED", "TRANSITION_NOT_ALLOWED", "TRANSITION_NOT_ALLOWED", "TRANSITION_NOT_ALLOWED", "TRANSITION_NOT_ALLOWED"),
            List.of("reject", "REJECTED", "TRANSITION_NOT_ALLOWED", "TRANSITION_NOT_ALLOWED", "TRANSITION_NOT_ALLOWED", "TRANSITION_NOT_ALLOWED"),
            List.of("contract", "TRANSITION_NOT_ALLOWED", "APPROVED", "TRANSITION_NOT_ALLOWED", "TRANSITION_NOT_ALLOWED", "TRANSITION_NOT_ALLOWED"),
            List.of("recheck", "FORMED", "APPROVED", "APPROVED", "TRANSITION_NOT_ALLOWED", "TRANSITION_NOT_ALLOWED"),
            List.of("issues", "TRANSITION_NOT_ALLOWED", "TRANSITION_NOT_ALLOWED", "APPROVED", "TRANSITION_NOT_ALLOWED", "TRANSITION_NOT_ALLOWED"),
            List.of("balances", "TRANSITION_NOT_ALLOWED", "TRANSITION_NOT_ALLOWED", "APPROVED", "TRANSITION_NOT_ALLOWED", "TRANSITION_NOT_ALLOWED"),
            List.of("error-report", "TRANSITION_NOT_ALLOWED", "TRANSITION_NOT_ALLOWED", "APPROVED", "TRANSITION_NOT_ALLOWED", "TRANSITION_NOT_ALLOWED"),
            List.of("withdraw", "WITHDRAWN", "WITHDRAWN", "TRANSITION_NOT_ALLOWED", "WITHDRAWN", "TRANSITION_NOT_ALLOWED"),
            List.of("re-enter", "WITHDRAWN", "WITHDRAWN", "TRANSITION_NOT_ALLOWED", "WITHDRAWN", "TRANSITION_NOT_ALLOWED"),
            List.of("regulator's withdraw", "WITHDRAWN", "WITHDRAWN", "TRANSITION_NOT_ALLOWED", "WITHDRAWN", "TRANSITION_NOT_ALLOWED"),
            List.of("regulator's error-confirmation", "ERROR_NOT_REPORTED", "ERROR_NOT_REPORTED", "ERROR_NOT_REPORTED", "ERROR_NOT_REPORTED", "ERROR_NOT_REPORTED"),
            List.of("regulator's error-confirmation of what was reported", "", "", "WITHDRAWN", "", ""));

    /** A loan that stands there, of a bank of its own: requests are counted for each. */
    private static JsonObject standing(String where, LoanCaller bank, String programme) {
        JsonObject formed = bank.entered(programme, LoanCaller.aBorrower());
        return switch (where) {
            case "FORMED" -> formed;
            case "APPROVED" -> bank.change(formed, "approve", LoanCaller.sample("approval")).ok();
            case "CONTRACTED" -> bank.change(bank.change(formed, "approve", LoanCaller.sample("approval")).ok(), "contract", LoanCaller.sample("contract")).ok();
            case "REJECTED" -> bank.change(formed, "reject", LoanCaller.sample("rejection")).ok();
            case "WITHDRAWN" -> bank.change(formed, "withdraw", LoanCaller.sample("withdrawal")).ok();
            default -> throw new IllegalStateException(where);
        };
    }

    private static LoanCaller.Answer done(String what, JsonObject loan, LoanCaller bank, LoanCaller regulator) {
        return switch (what) {
            case "edit" -> bank.send("PATCH", LoanCaller.LOANS + "/" + loan.getString("id"), loan.getBoolean("contracted") ? LoanCaller.sample("correction") : "{\"requested\":\"950000.00\"}",
                    Map.of("If-Match", "\"" + loan.getInt("version") + "\"", "Content-Type", "application/merge-patch+json"));
            case "approve" -> bank.change(loan, what, LoanCaller.sample("approval"));
            case "reject" -> bank.change(loan, what, LoanCaller.sample("rejection"));
            case "contract", "issues", "balances" -> bank.change(loan, what, LoanCaller.sample(what));
            case "recheck" -> bank.change(loan, what, "{}");
            case "error-report", "withdraw", "re-enter" -> bank.change(loan, what, LoanCaller.sample("withdrawal"));
            case "regulator's withdraw" -> regulator.change(loan, "withdraw", LoanCaller.sample("withdrawal"));
            case "regulator's error-confirmation" -> regulator.change(loan, "error-confirmation", null);
            default -> {
                bank.change(loan, "error-report", LoanCaller.sample("withdrawal")).ok();
                yield regulator.change(loan, "error-confirmation", null);
            }
        };
    }

    @Test
    default void whatTheTableAllowsHappensAndNothingElseDoes() {
        LoanCaller.Watched watched = LoanCaller.Watched.flagging();
        LoanCaller regulator = LoanCaller.watching(watched.regulator());
        List<String> wrong = new ArrayList<>();
        int happened = 0;
        for (int where = 0; where < STANDINGS.size(); where++) {
            LoanCaller bank = LoanCaller.ofANewBank(watched.programme());
            JsonObject loan = standing(STANDINGS.get(where), bank, watched.programme());
            for (List<String> row : TABLE) {
                String expected = row.get(where + 1);
                if (expected.isEmpty()) {
                    continue;
                }
                LoanCaller.Answer answer = done(row.get(0), loan, bank, regulator);
                JsonObject card = bank.read(LoanCaller.LOANS + "/" + loan.getString("id"));
                boolean taken = answer.response().status() < 300;
                String found = taken ? card.getString("status") : RestApi.json(answer.response()).getString("code");
                if (!found.equals(expected) || !taken && card.getInt("version") != loan.getInt("version")) {
                    wrong.add(row.get(0) + " of " + STANDINGS.get(where) + ": " + answer.response().status() + " " + found + ", not " + expected + ", version " + card.getInt("version"));
                }
                if (taken) {
                    happened++;
                    loan = standing(STANDINGS.get(where), bank, watched.programme());
                }
            }
        }
        assertTrue(wrong.isEmpty(), () -> String.join("\n", wrong));
        assertEquals(23, happened);
    }

    /** The regulator edits no card (LOAN-136), nobody but it confirms an error, and another one's loans are nobody's. */
    @Test
    default void whatIsNotTheirsNobodyDoes() {
        LoanCaller.Watched watched = LoanCaller.Watched.flagging();
        LoanCaller regulator = LoanCaller.watching(watched.regulator());
        LoanCaller stranger = LoanCaller.watching(LoanCaller.Watched.flagging().regulator());
        LoanCaller other = LoanCaller.ofANewBank(watched.programme());
        for (String where : STANDINGS) {
            LoanCaller bank = LoanCaller.ofANewBank(watched.programme());
            JsonObject loan = standing(where, bank, watched.programme());
            for (String what : List.of("edit", "approve", "reject", "contract", "recheck", "issues", "balances", "error-report", "re-enter")) {
                assertEquals(403, done(what, loan, regulator, regulator).response().status(), () -> "the regulator's " + what + " of " + where);
                done(what, loan, other, regulator).refused(404, "NOT_FOUND", "loan");
            }
            done("withdraw", loan, other, regulator).refused(404, "NOT_FOUND", "loan");
            for (String what : List.of("withdraw", "error-confirmation")) {
                done("regulator's " + what, loan, bank, stranger).refused(404, "NOT_FOUND", "loan");
            }
            assertEquals(403, done("regulator's error-confirmation", loan, bank, bank).response().status());
            assertEquals(loan.getInt("version"), bank.read(LoanCaller.LOANS + "/" + loan.getString("id")).getInt("version"));
        }
    }

    /** What each event needs (LOAN-T03 to LOAN-T06). */
    @Test
    default void whatIsMissingIsNamed() {
        LoanCaller.Watched watched = LoanCaller.Watched.flagging();
        LoanCaller bank = LoanCaller.ofANewBank(watched.programme());
        JsonObject formed = standing("FORMED", bank, watched.programme());
        bank.change(formed, "reject", "{\"decidedOn\":\"2026-02-10\"}").refused(400, "FIELD_MISSING", "rejectionCode");
        bank.change(formed, "reject", "{\"rejectionCode\":\"SOLVENCY\"}").refused(400, "FIELD_MISSING", "decidedOn");
        bank.change(formed, "reject", "{\"rejectionCode\":\"WEATHER\",\"decidedOn\":\"2026-02-10\"}").refused(400, "FIELD_INVALID", "rejectionCode");
        bank.change(formed, "approve", "{\"decidedOn\":\"2026-02-10\"}").refused(400, "FIELD_MISSING", "approved");
        bank.change(formed, "approve", "{\"approved\":\"1.00\"}").refused(400, "FIELD_MISSING", "decidedOn");
        JsonObject approved = bank.change(formed, "approve", LoanCaller.sample("approval")).ok();
        JsonObject contract = LoanCaller.json(LoanCaller.sample("contract"));
        for (String field : List.of("contractNumber", "contractDate", "contractSum", "rate", "termMonths")) {
            bank.change(approved, "contract", Json.createObjectBuilder(contract).remove(field).build().toString()).refused(400, "CONTRACT_INCOMPLETE", field);
        }
        assertEquals(2, bank.read(LoanCaller.LOANS + "/" + formed.getString("id")).getInt("version"));
    }
}
