package org.kopuro.loans;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.kopuro.loans.LifeOfALoanIT.assertRefused;

import java.time.Instant;
import java.time.YearMonth;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.kopuro.kernel.Contour;
import org.kopuro.loans.checks.CheckResult.Verdict;
import org.kopuro.registers.borrowers.BorrowerRegister;
import org.kopuro.registers.borrowers.BorrowerRows;
import org.kopuro.registers.payroll.PayrollRows;
import org.kopuro.testing.Rows;

/** What follows where a borrower fails, a sum is over the maximum, or neither can be said, is the rule set's to say, and PRODUCTION's to uphold (LOAN-54, LOAN-66, LOAN-80, LOAN-130). */
class RulesThatFlagOrBlockIT {

    private static final YearMonth DECEMBER = YearMonth.of(2025, 12);
    private static final String OTHER_SECTOR = "[{\"name\": \"A\", \"conditions\": [{\"item\": \"C05\", \"test\": \"OKVED_IN\", \"values\": [\"01\"]}]}]";
    private static final String EMPLOYER = "[{\"name\": \"A\", \"conditions\": [{\"item\": \"C10\", \"test\": \"PASSES\", \"values\": []}]}]";

    @ParameterizedTest
    @CsvSource({"TEST, FLAG, false", "TEST, BLOCK, false", "PRODUCTION, FLAG, false", "PRODUCTION, BLOCK, true"})
    void aBorrowerThatDoesNotMeetTheConditionsIsMarkedOrRefused(Contour contour, String onFail, boolean refused) {
        LoanScene scene = new LoanScene(contour, "FLAG");
        rules(scene, "eligibility, on_fail", "'" + OTHER_SECTOR + "', '" + onFail + "'");
        Map<LoanField, Object> stated = scene.application(scene.aBorrower());
        if (refused) {
            assertEquals("inn", assertRefused(LoanRefusal.NOT_ELIGIBLE, () -> scene.form(stated)).field());
            return;
        }
        LoanView formed = scene.form(stated);
        assertEquals(Verdict.DOES_NOT_MEET, formed.loan().judged().verdict());
        assertTrue(warned(formed, LoanRefusal.NOT_ELIGIBLE, LoanField.INN));
        assertTrue(warned(scene.apply(formed, LoanEvent.APPROVE, LoanScene.approval()), LoanRefusal.NOT_ELIGIBLE, LoanField.INN), "and stays marked");
    }

    @ParameterizedTest
    @CsvSource({"TEST, BLOCK", "PRODUCTION, FLAG", "PRODUCTION, BLOCK"})
    void aBorrowerOfWhomNobodyCanSayIsNeitherMarkedNorRefused(Contour contour, String onFail) {
        LoanScene scene = new LoanScene(contour, "FLAG");
        rules(scene, "eligibility, on_fail", "'" + EMPLOYER + "', '" + onFail + "'");
        LoanView formed = scene.form(scene.application(scene.aBorrower()));
        assertEquals(Verdict.NOT_ESTABLISHED, formed.loan().judged().verdict());
        assertFalse(warned(formed, LoanRefusal.NOT_ELIGIBLE, LoanField.INN));
    }

    @ParameterizedTest
    @CsvSource({"TEST, FLAG, false", "TEST, BLOCK, false", "PRODUCTION, FLAG, false", "PRODUCTION, BLOCK, true"})
    void aContractAboveTheMaximumIsMarkedOrRefused(Contour contour, String onOverMaximum, boolean refused) {
        LoanScene scene = new LoanScene(contour, "FLAG");
        calculating(scene, onOverMaximum);
        String inn = scene.aBorrower();
        PayrollRows.aReport(contour, inn, DECEMBER).workers(DECEMBER, 1).stored();
        LoanView approved = scene.apply(scene.form(scene.application(inn)), LoanEvent.APPROVE, LoanScene.approval());
        Map<LoanField, Object> contract = contract(153_504_00L);
        LoanView within = scene.apply(approved, LoanEvent.CONTRACT, contract);
        assertFalse(warned(within, LoanRefusal.OVER_MAXIMUM, LoanField.CONTRACT_SUM), "the maximum itself is not above it");
        if (refused) {
            assertEquals("contractSum", assertRefused(LoanRefusal.OVER_MAXIMUM, () -> scene.apply(within, LoanEvent.CORRECT, LoanScene.stating(LoanField.CONTRACT_SUM, 153_504_01L))).field());
        } else {
            assertTrue(warned(scene.apply(within, LoanEvent.CORRECT, LoanScene.stating(LoanField.CONTRACT_SUM, 153_504_01L)), LoanRefusal.OVER_MAXIMUM, LoanField.CONTRACT_SUM));
        }
    }

    @ParameterizedTest
    @CsvSource({"TEST, FLAG", "PRODUCTION, FLAG", "PRODUCTION, BLOCK"})
    void aContractForWhichNoMaximumCouldBeCalculatedIsMarkedWhateverItsSum(Contour contour, String onOverMaximum) {
        LoanScene scene = new LoanScene(contour, "FLAG");
        calculating(scene, onOverMaximum);
        LoanView formed = scene.form(scene.application(scene.aBorrower()));
        assertFalse(warned(formed, LoanRefusal.MAXIMUM_UNKNOWN, LoanField.CONTRACT_SUM), "a report may come before the contract");
        LoanView contracted = scene.apply(scene.apply(formed, LoanEvent.APPROVE, LoanScene.approval()), LoanEvent.CONTRACT, contract(900_000_00L));
        assertTrue(warned(contracted, LoanRefusal.MAXIMUM_UNKNOWN, LoanField.CONTRACT_SUM));
        assertTrue(warned(scene.apply(contracted, LoanEvent.CORRECT, LoanScene.stating(LoanField.CONTRACT_NUMBER, "K-2")), LoanRefusal.MAXIMUM_UNKNOWN, LoanField.CONTRACT_SUM), "and stays marked");
    }

    @ParameterizedTest
    @CsvSource({"2026-02-02T20:59:59Z, 2026-02-02, 2026-02-02, false", "2026-02-02T21:00:00Z, 2026-02-02, 2026-02-02, true", "2026-02-01T20:59:59Z, 2026-02-02, 2026-02-02, true",
        "2026-02-01T21:00:00Z, 2026-02-02, 2026-02-02, false", "2026-02-02T21:00:00Z, 2026-02-02, , false", "2026-02-01T20:59:59Z, , 2026-02-02, false"})
    void anApplicationOfADayThatTheRulesAreNotMadeForIsMarkedAndJudgedByThem(Instant appliedAt, String from, String to, boolean marked) {
        LoanScene scene = new LoanScene(Contour.PRODUCTION, "FLAG");
        rules(scene, "applied_from, applied_to", (from == null ? "null" : "date '" + from + "'") + ", " + (to == null ? "null" : "date '" + to + "'"));
        Map<LoanField, Object> stated = scene.application(scene.aBorrower());
        stated.put(LoanField.APPLIED_AT, appliedAt);
        LoanView formed = scene.form(stated);
        assertEquals(marked + " 2", warned(formed, LoanRefusal.OUTSIDE_APPLICATION_DAYS, LoanField.APPLIED_AT) + " " + formed.loan().judged().ruleSetVersion());
    }

    @ParameterizedTest
    @CsvSource({"TEST", "PRODUCTION"})
    void identifiersThatDoNotAgreeMarkTheCardAndRefuseNothing(Contour contour) {
        LoanScene scene = new LoanScene(contour, "FLAG");
        String inn = LoanScene.inn();
        Rows.change("""
                insert into registers.company (contour, inn, valid_from, revision, name, ogrn, legal_form, region, registered_on, okved_main)
                values (?, ?, date '2015-01-01', 1, 'ООО «Без КПП»', '1027700132194', 'ООО', '77', date '2015-01-01', '56')""", contour.name(), inn);
        LoanView formed = scene.form(scene.application(inn));
        assertTrue(warned(formed, LoanRefusal.IDENTIFIERS_DISAGREE, LoanField.INN));
        LoanView approved = scene.apply(formed, LoanEvent.APPROVE, LoanScene.approval());
        assertTrue(warned(approved, LoanRefusal.IDENTIFIERS_DISAGREE, LoanField.INN), "until the registers are asked again");
        assertFalse(warned(scene.apply(approved, LoanEvent.EDIT, LoanScene.stating(LoanField.INN, scene.aBorrower())), LoanRefusal.IDENTIFIERS_DISAGREE, LoanField.INN));
    }

    @Test
    void aCodeThatTheClassifierDoesNotHaveMarksTheCard() {
        LoanScene scene = new LoanScene(Contour.PRODUCTION, "FLAG");
        BorrowerRows.loaded(Contour.PRODUCTION, BorrowerRegister.OKVED, "2014-02-01");
        String inn = BorrowerRows.freshCompanyInn();
        BorrowerRows.aCompany(Contour.PRODUCTION, inn, "2015-01-01", "2015-01-01", null, "99.99.99", "", null);
        assertTrue(warned(scene.form(scene.application(inn)), LoanRefusal.OKVED_UNCLASSIFIED, LoanField.INN));
        String listed = BorrowerRows.freshCompanyInn();
        BorrowerRows.aCompany(Contour.PRODUCTION, listed, "2015-01-01", "2015-01-01", null, "56", "", null);
        assertFalse(warned(scene.form(scene.application(listed)), LoanRefusal.OKVED_UNCLASSIFIED, LoanField.INN));
    }

    private static boolean warned(LoanView view, LoanRefusal code, LoanField field) {
        return view.loan().warnings().contains(new Loan.Warning(code.name(), field.json()));
    }

    private static Map<LoanField, Object> contract(long kopecks) {
        Map<LoanField, Object> contract = LoanScene.contract();
        contract.put(LoanField.CONTRACT_SUM, kopecks);
        contract.put(LoanField.CONTRACT_HEADCOUNT, 1);
        return contract;
    }

    private static void calculating(LoanScene scene, String onOverMaximum) {
        rules(scene, "wage, factor_percent, months, month_rules, on_over_maximum",
                "1279200, 100, 12, '[{\"from\": null, \"to\": null, \"month\": null, \"metric\": \"TRIPLE_WITH_GPC\", \"asserted\": false}]', '" + onOverMaximum + "'");
    }

    /** The programme's second version, which holds. */
    private static void rules(LoanScene scene, String columns, String values) {
        Rows.change("insert into loans.rule_set (id, programme, stage, version, issued_from, source, reason, proposed_at, outcome, decided_at, " + columns
                + ") values (?, ?, 0, 2, date '2020-01-01', 'a test', 'x', now(), 'APPROVED', now(), " + values + ")", UUID.randomUUID(), scene.programme);
    }
}
