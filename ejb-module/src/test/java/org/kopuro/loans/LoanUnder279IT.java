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
        return application.with(Loans.class, loans -> loans.enter(Wish.enter(LoanEvent.FORM, stated(inn, appliedAt), Optional.empty()), placer, new RequestKey(UUID.randomUUID().toString(), new byte[32])));
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
