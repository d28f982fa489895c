package org.kopuro.loans;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.kopuro.loans.LifeOfALoanIT.assertRefused;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.kopuro.kernel.Actor;
import org.kopuro.kernel.Contour;
import org.kopuro.loans.checks.CheckResult;
import org.kopuro.loans.headcount.JobsLost;
import org.kopuro.loans.headcount.Outlook;
import org.kopuro.loans.headcount.Sheet;
import org.kopuro.registers.payroll.PayrollRows;
import org.kopuro.testing.Scene;
import org.kopuro.testing.TestApplication;
import org.kopuro.testing.TestProgrammes;

/** FOT 3.0 from the application to the contract, and what later reports change of it: nothing but the monitoring (LOAN-60 to LOAN-76, LOAN-152). */
class LoanUnder279IT {

    private static final YearMonth SEPTEMBER = YearMonth.of(2021, 9);

    private final TestApplication application = new TestApplication("TEST,PRODUCTION", Instant.parse("2021-11-22T09:00:00Z"));
    private final UUID bank = aBank();
    private final Placer placer = Placer.api(bank, Contour.TEST, Actor.of(UUID.randomUUID(), "BANK_OPERATOR"));
    private final Viewer viewer = Viewer.bank(bank, Contour.TEST, placer.actor());

    private UUID aBank() {
        Scene scene = Scene.unconnected(Contour.TEST, application);
        scene.connect(Contour.TEST, "RU-422-696");
        TestProgrammes.accredit(scene.participant.id().value(), Contour.TEST, "279", LocalDate.of(2021, 1, 1));
        return scene.participant.id().value();
    }

    @Test
    void theMaximumFollowsFromTheHeadcountOfTheQuartersLastMonth() {
        LoanView formed = form(aBorrower(100), "2021-11-19T00:00:00+03:00");
        assertEquals("2 Optional[100] Optional[1535040000]", formed.loan().stage() + " " + formed.loan().judged().headcount() + " " + formed.loan().judged().maximum());
        assertTrue(sheet(formed).json().contains("\"result\":"), () -> sheet(formed).json());
    }

    @Test
    void aCorrectedReportIsToldBeforeTheContractAndChangesNothingAfterIt() {
        String inn = aBorrower(100);
        LoanView formed = form(inn, "2021-11-20T10:00:00+03:00");
        report(inn, 1, 60, "2021-11-22T08:00:00Z");
        assertTrue(application.with(Loans.class, loans -> loans.get(formed.loan().id(), viewer)).newerReport());
        LoanView again = change(formed, LoanEvent.RECHECK, Map.of());
        assertEquals(Optional.of(60), again.loan().judged().headcount());
        LoanView contracted = change(change(again, LoanEvent.APPROVE, approval()), LoanEvent.CONTRACT, contract("2021-11-22", 60));
        String fixed = sheet(contracted).sha256();
        application.clock().advance(Duration.ofDays(30));
        report(inn, 2, 50, "2021-12-10T08:00:00Z");
        assertFalse(application.with(Loans.class, loans -> loans.get(contracted.loan().id(), viewer)).newerReport());
        LoanView rechecked = change(contracted, LoanEvent.RECHECK, Map.of());
        assertEquals(fixed, sheet(rechecked).sha256());
        assertEquals(Optional.of(60), rechecked.loan().judged().headcount());
        Outlook outlook = application.with(Loans.class, loans -> loans.headcount(contracted.loan().id(), viewer));
        assertEquals("50 Optional[0]", outlook.months().get(outlook.months().size() - 1).workers() + " " + outlook.mayStillLose());
        assertEquals(Set.of(Outlook.Alert.BELOW_THRESHOLD), outlook.alerts());
        assertEquals("TRIPLE_WITH_GPC Optional[SNILS_WITH_CATEGORY]", outlook.metric() + " " + outlook.fixedMetric(), "both numbers are told with what they count");
        JobsLost lost = application.with(JobAlerts.class, alerts -> alerts.lost(viewer, Optional.empty())).lost().get(0);
        assertEquals("TRIPLE_WITH_GPC Optional[SNILS_WITH_CATEGORY]", lost.metric() + " " + lost.fixedMetric());
    }

    @Test
    void aContractAboveTheMaximumIsFlaggedWithTheExcessAndOneOfOtherDaysIsOutsideTheStage() {
        LoanView approved = change(form(aBorrower(1), "2021-11-20T10:00:00+03:00"), LoanEvent.APPROVE, approval());
        Map<LoanField, Object> contract = contract("2021-11-22", 2);
        contract.put(LoanField.CONTRACT_SUM, 153_504_01L);
        LoanView contracted = change(approved, LoanEvent.CONTRACT, contract);
        Saying over = contracted.sayings().stream().filter(saying -> saying.code().equals("OVER_MAXIMUM")).findFirst().orElseThrow();
        assertEquals("WARNING 0.01", over.severity() + " " + over.refusal().argument(0));
        assertTrue(contracted.loan().warnings().contains(new Loan.Warning("HEADCOUNT_DIFFERS", "contractHeadcount")));
        LoanView between = form(aBorrower(1), "2021-10-01T10:00:00+03:00");
        assertTrue(between.loan().outsideStage());
        assertTrue(between.loan().warnings().contains(new Loan.Warning("OUTSIDE_STAGE", "appliedAt")));
    }

    @Test
    void anApprovedLoanIsNotEnteredWhereTheCheckComesBeforeTheDecision() {
        Map<LoanField, Object> stated = stated(aBorrower(1), "2021-11-20T10:00:00+03:00");
        stated.putAll(approval());
        assertRefused(LoanRefusal.ENTRY_POINT, () -> application.with(Loans.class,
                loans -> loans.enter(Wish.enter(LoanEvent.ENTER, stated, Optional.empty()), placer, new RequestKey("k", new byte[32]))));
    }

    @Test
    void anApprovedLoanOfAnotherProgrammeDoesNotBecomeOne() {
        Map<LoanField, Object> stated = stated(aBorrower(1), "2021-11-20T10:00:00+03:00");
        stated.put(LoanField.PROGRAMME, "422");
        LoanView formed = enter(stated);
        assertEquals(2, change(formed, LoanEvent.EDIT, LoanScene.stating(LoanField.PROGRAMME, "279")).loan().stage(), "an application may");
        Map<LoanField, Object> other = stated(aBorrower(1), "2021-11-20T10:00:00+03:00");
        other.put(LoanField.PROGRAMME, "422");
        LoanView approved = change(enter(other), LoanEvent.APPROVE, approval());
        assertEquals("programme", assertRefused(LoanRefusal.ENTRY_POINT, () -> change(approved, LoanEvent.EDIT, LoanScene.stating(LoanField.PROGRAMME, "279"))).field());
    }

    @Test
    void aContractOfADayOfNeitherStageIsFlaggedOnTheCard() {
        LoanView approved = change(form(aBorrower(10), "2021-11-20T10:00:00+03:00"), LoanEvent.APPROVE, approval());
        application.clock().set(Instant.parse("2022-01-10T09:00:00Z"));
        LoanView contracted = change(approved, LoanEvent.CONTRACT, contract("2021-12-31", 10));
        assertTrue(contracted.loan().outsideStage());
        assertTrue(contracted.loan().warnings().contains(new Loan.Warning("OUTSIDE_STAGE", "contractDate")));
        LoanView last = change(change(form(aBorrower(10), "2021-11-20T10:00:00+03:00"), LoanEvent.APPROVE, approval()), LoanEvent.CONTRACT, contract("2021-12-30", 10));
        assertFalse(last.loan().outsideStage());
        assertFalse(last.loan().warnings().stream().anyMatch(warning -> warning.code().equals("OUTSIDE_STAGE")));
    }

    /** LOAN-75: with the contract its stage is fixed. */
    @Test
    void aContractsDayIsCorrectedWithinItsStageAlone() {
        LoanView contracted = change(change(form(aBorrower(10), "2021-11-20T10:00:00+03:00"), LoanEvent.APPROVE, approval()), LoanEvent.CONTRACT, contract("2021-11-22", 10));
        application.clock().set(Instant.parse("2022-01-10T09:00:00Z"));
        for (String elsewhere : List.of("2021-06-30", "2021-07-01", "2021-10-31", "2021-12-31")) {
            assertEquals("contractDate", assertRefused(LoanRefusal.FIELD_LOCKED, () -> correct(contracted, LocalDate.parse(elsewhere))).field(), elsewhere);
        }
        LoanView corrected = correct(contracted, LocalDate.of(2021, 12, 30));
        assertEquals("2 false", corrected.loan().stage() + " " + corrected.loan().outsideStage());
        assertEquals(contracted.loan().judged().sheet(), corrected.loan().judged().sheet());
    }

    private LoanView correct(LoanView before, LocalDate contractOn) {
        return application.with(Loans.class, loans -> loans.change(Wish.change(before.loan().id(), LoanEvent.CORRECT, LoanScene.stating(LoanField.CONTRACT_DATE, contractOn), before.loan().version(),
                Optional.of("A misprint.")), placer));
    }

    /** LOAN-64, and the days of §9: 1 July is stage 1's last one. */
    @Test
    void inStageOneTheCardKeepsTheBanksNumberBesideTheComputedOne() {
        YearMonth march = YearMonth.of(2021, 3);
        String inn = LoanScene.inn();
        LoanScene.known(Contour.TEST, inn, "ООО «Ромашка»");
        PayrollRows.aReport(Contour.TEST, inn, march).workers(march, 10).worker(march, "GPC", "G", "", false, true).stored();
        LoanView formed = form(inn, "2021-06-01T10:00:00+03:00");
        assertEquals("1 Optional[11] TRIPLE_WITH_GPC 2021-03", formed.loan().stage() + " " + formed.loan().judged().headcount() + " " + sheet(formed).metric() + " " + sheet(formed).month());
        Map<LoanField, Object> approval = approval();
        approval.put(LoanField.DECIDED_ON, LocalDate.of(2021, 6, 10));
        LoanView approved = change(formed, LoanEvent.APPROVE, approval);
        LoanView contracted = change(approved, LoanEvent.CONTRACT, contract("2021-07-01", 9));
        assertEquals("1 false 9 Optional[11]", contracted.loan().stage() + " " + contracted.loan().outsideStage() + " " + contracted.loan().stated().get(LoanField.CONTRACT_HEADCOUNT) + " "
                + contracted.loan().judged().headcount());
        assertTrue(contracted.loan().warnings().contains(new Loan.Warning("HEADCOUNT_DIFFERS", "contractHeadcount")));
        String other = LoanScene.inn();
        LoanScene.known(Contour.TEST, other, "ООО «Ромашка»");
        PayrollRows.aReport(Contour.TEST, other, march).workers(march, 10).stored();
        LoanView dayAfter = change(change(form(other, "2021-06-01T10:00:00+03:00"), LoanEvent.APPROVE, approval), LoanEvent.CONTRACT, contract("2021-07-02", 10));
        assertTrue(dayAfter.loan().outsideStage());
        assertTrue(dayAfter.loan().warnings().contains(new Loan.Warning("OUTSIDE_STAGE", "contractDate")));
    }

    /** LOAN-38: under BLOCK, and from the old method to the new one. */
    @Test
    void anApplicationOfTheOldMethodIsWithdrawnAndEnteredAnewUnderTheNewOne() {
        String inn = LoanScene.inn();
        LoanScene.known(Contour.TEST, inn, "ООО «Ромашка»");
        PayrollRows.aReport(Contour.TEST, inn, SEPTEMBER).acceptedAt(Instant.parse("2021-10-20T08:00:00Z")).workers(SEPTEMBER, 10).worker(SEPTEMBER, "GPC", "G", "", false, true).stored();
        LoanView old = form(inn, "2021-11-18T23:59:59+03:00");
        assertEquals("Optional[11] TRIPLE_WITH_GPC", old.loan().judged().headcount() + " " + sheet(old).metric());
        assertRefused(LoanRefusal.DUPLICATE_BLOCKED, () -> form(inn, "2021-11-19T00:00:00+03:00"));
        Map<LoanField, Object> wrong = new EnumMap<>(Map.of(LoanField.REQUESTED, 0L));
        assertRefused(LoanRefusal.AMOUNT_RANGE, () -> application.with(Loans.class, loans -> loans.reenter(old.loan().id(), 1, "Disputed.", wrong, placer)));
        assertEquals(old.loan(), application.with(Loans.class, loans -> loans.get(old.loan().id(), viewer)).loan(), "what is refused leaves the old one standing");
        Map<LoanField, Object> anew = LoanScene.stating(LoanField.APPLIED_AT, OffsetDateTime.parse("2021-11-19T00:00:00+03:00").toInstant());
        LoanView entered = application.with(Loans.class, loans -> loans.reenter(old.loan().id(), 1, "Disputed.", anew, placer));
        assertEquals("Optional[10] SNILS_WITH_CATEGORY", entered.loan().judged().headcount() + " " + sheet(entered).metric());
        assertEquals(Optional.of(old.loan().id()), entered.loan().replaces());
        LoanView gone = application.with(Loans.class, loans -> loans.get(old.loan().id(), viewer));
        assertEquals("WITHDRAWN", gone.loan().status().name());
        assertEquals(sheet(old).sha256(), sheet(gone).sha256(), "its sheet stays to be read");
    }

    @Test
    void theCheckIsMadeAgainAsOfAnyDayAndOnlyWhatTheBankAsksForIsKept() {
        LoanView formed = form(aBorrower(3), "2021-11-20T10:00:00+03:00");
        CheckResult then = application.with(Loans.class, loans -> loans.checkAsOf(formed.loan().id(), LocalDate.of(2014, 1, 1), viewer));
        assertEquals(LocalDate.of(2014, 1, 1), then.snapshotOn());
        assertEquals(1, application.with(Loans.class, loans -> loans.checks(formed.loan().id(), viewer)).size());
        change(formed, LoanEvent.RECHECK, Map.of());
        List<CheckResult> checks = application.with(Loans.class, loans -> loans.checks(formed.loan().id(), viewer));
        assertEquals(2, checks.size());
        assertEquals(LocalDate.of(2021, 7, 1), checks.get(0).snapshotOn());
    }

    private String aBorrower(int workers) {
        String inn = LoanScene.inn();
        LoanScene.known(Contour.TEST, inn, "ООО «Ромашка»");
        report(inn, 0, workers, "2021-10-20T08:00:00Z");
        return inn;
    }

    private static void report(String inn, int correction, int workers, String acceptedAt) {
        PayrollRows report = PayrollRows.aReport(Contour.TEST, inn, SEPTEMBER).acceptedAt(Instant.parse(acceptedAt)).loadedAt(Instant.parse(acceptedAt));
        (correction == 0 ? report : report.correction(correction)).workers(SEPTEMBER, workers).stored();
    }

    private static Map<LoanField, Object> stated(String inn, String appliedAt) {
        return new EnumMap<>(Map.of(LoanField.PROGRAMME, "279", LoanField.INN, inn, LoanField.APPLICATION_NUMBER, UUID.randomUUID().toString(), LoanField.APPLIED_AT,
                OffsetDateTime.parse(appliedAt).toInstant(), LoanField.REQUESTED, 1_000_000_00L));
    }

    private LoanView form(String inn, String appliedAt) {
        return enter(stated(inn, appliedAt));
    }

    private LoanView enter(Map<LoanField, Object> stated) {
        return application.with(Loans.class, loans -> loans.enter(Wish.enter(LoanEvent.FORM, stated, Optional.empty()), placer, new RequestKey(UUID.randomUUID().toString(), new byte[32])));
    }

    private LoanView change(LoanView before, LoanEvent event, Map<LoanField, Object> stated) {
        return application.with(Loans.class, loans -> loans.change(Wish.change(before.loan().id(), event, stated, before.loan().version(), Optional.empty()), placer));
    }

    private static Map<LoanField, Object> approval() {
        return new EnumMap<>(Map.of(LoanField.APPROVED, 900_000_00L, LoanField.DECIDED_ON, LocalDate.of(2021, 11, 21)));
    }

    private static Map<LoanField, Object> contract(String on, int headcount) {
        return new EnumMap<>(Map.of(LoanField.CONTRACT_NUMBER, "K-1", LoanField.CONTRACT_DATE, LocalDate.parse(on), LoanField.CONTRACT_SUM, 900_000_00L, LoanField.RATE, new BigDecimal("3.0000"),
                LoanField.TERM_MONTHS, 12, LoanField.CONTRACT_HEADCOUNT, headcount));
    }

    private Sheet sheet(LoanView of) {
        return application.with(Loans.class, loans -> loans.sheet(of.loan().id(), viewer));
    }
}
