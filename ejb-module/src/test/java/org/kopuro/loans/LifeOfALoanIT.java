package org.kopuro.loans;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Language;
import org.kopuro.kernel.Refusal;
import org.kopuro.kernel.RefusalCode;
import org.kopuro.loans.LoanEvent.Milestone;
import org.kopuro.testing.Rows;

/** A loan goes from its application to its contract, and nowhere else (LOAN-35 to LOAN-38, LOAN-75). */
class LifeOfALoanIT {

    private final LoanScene scene = new LoanScene("FLAG");

    @Test
    void anApplicationIsFormedApprovedContractedAndPaidOut() {
        LoanView formed = scene.form(scene.application(scene.aBorrower()));
        assertEquals(LoanStatus.FORMED, formed.loan().status());
        assertEquals(Optional.of("ООО «Ромашка»"), formed.loan().judged().name());
        LoanView approved = scene.apply(formed, LoanEvent.APPROVE, LoanScene.approval());
        LoanView contracted = scene.apply(approved, LoanEvent.CONTRACT, LoanScene.contract());
        LoanView issued = scene.application.with(Loans.class, loans -> loans.record(contracted.loan().id(), 3, LoanScene.sums("2026-02-17", 500_000_00L), List.of(), scene.placer()));
        LoanView more = scene.application.with(Loans.class, loans -> loans.record(issued.loan().id(), 4, LoanScene.sums("2026-02-18", 400_000_00L), LoanScene.sums("2026-02-01", 1L), scene.placer()));
        LoanView corrected = scene.application.with(Loans.class, loans -> loans.record(issued.loan().id(), 5, List.of(), LoanScene.sums("2026-02-01", 700_000_00L), scene.placer()));
        assertEquals(900_000_00L, more.loan().issued());
        assertEquals(LoanScene.sums("2026-02-01", 700_000_00L), corrected.loan().stated().get(LoanField.BALANCES), "of a month there is one balance");
        assertEquals(List.of("900000.00 700000.00"), List.of(corrected.loan().issued() / 100 + ".00 " + Rows.of("select last_balance / 100 from loans.loan where id = ?", corrected.loan().id()).get(0) + ".00"));
    }

    @Test
    void anApprovedLoanIsEnteredWithItsContractAtOnce() {
        Map<LoanField, Object> stated = scene.application(scene.aBorrower());
        stated.putAll(LoanScene.approval());
        stated.putAll(LoanScene.contract());
        LoanView entered = scene.enter(LoanEvent.ENTER, stated);
        assertEquals(List.of(LoanEvent.ENTER, LoanEvent.CONTRACT), entered.loan().last().events());
        assertEquals(1, entered.loan().version());
    }

    @Test
    void aProgrammeThatTakesContractsOnlyTakesNeitherAnApplicationNorADecision() {
        Rows.change("update loans.programme set entry_point = 'AFTER_CONTRACT' where code = ?", scene.programme);
        Map<LoanField, Object> stated = scene.application(scene.aBorrower());
        assertEquals("programme AFTER_CONTRACT", told(assertRefused(LoanRefusal.ENTRY_POINT, () -> scene.form(stated))));
        stated.putAll(LoanScene.approval());
        assertEquals("programme AFTER_CONTRACT", told(assertRefused(LoanRefusal.ENTRY_POINT, () -> scene.enter(LoanEvent.ENTER, stated))));
        stated.putAll(LoanScene.contract());
        assertTrue(scene.enter(LoanEvent.ENTER, stated).loan().contracted());
    }

    private static String told(Refusal refusal) {
        return refusal.field() + " " + refusal.argument(0);
    }

    /** Every pair of where a loan stands and what its bank does: those of the table go, and no other (LOAN-150). What was entered in error no bank withdraws by itself. */
    static Stream<Arguments> pairs() {
        Set<String> allowed = Set.of("FORMED EDIT", "FORMED APPROVE", "FORMED REJECT", "FORMED WITHDRAW", "FORMED RECHECK", "APPROVED EDIT", "APPROVED WITHDRAW", "APPROVED CONTRACT", "APPROVED RECHECK",
                "CONTRACTED RECORD", "CONTRACTED CORRECT", "CONTRACTED RECHECK", "REJECTED EDIT", "REJECTED WITHDRAW");
        return Stream.of(Milestone.values()).filter(at -> at != Milestone.NONE)
                .flatMap(at -> Stream.of(LoanEvent.values()).map(event -> Arguments.of(at, event, allowed.contains(at + " " + event))));
    }

    @ParameterizedTest(name = "{0} {1}: {2}")
    @MethodSource("pairs")
    void whatTheTableDoesNotNameIsRefused(Milestone at, LoanEvent event, boolean allowed) {
        LoanView loan = at(at);
        Map<LoanField, Object> stated = switch (event) {
            case APPROVE -> LoanScene.approval();
            case REJECT -> LoanScene.rejection();
            case CONTRACT -> LoanScene.contract();
            case EDIT -> LoanScene.stating(LoanField.REQUESTED, 950_000_00L);
            case RECORD -> LoanScene.stating(LoanField.ISSUES, LoanScene.sums("2026-02-17", 1L));
            case CORRECT -> LoanScene.stating(LoanField.CONTRACT_NUMBER, "K-2");
            default -> Map.of();
        };
        if (allowed) {
            assertEquals(loan.loan().version() + 1, scene.apply(loan, event, stated).loan().version());
        } else {
            assertRefused(InputRefusal.TRANSITION_NOT_ALLOWED, () -> scene.apply(loan, event, stated));
            assertEquals(loan.loan().version(), scene.get(loan.loan().id()).loan().version(), "nothing is left of it");
        }
    }

    private LoanView at(Milestone milestone) {
        String inn = scene.aBorrower();
        return switch (milestone) {
            case NONE, FORMED -> scene.form(scene.application(inn));
            case APPROVED -> scene.apply(scene.form(scene.application(inn)), LoanEvent.APPROVE, LoanScene.approval());
            case REJECTED -> scene.apply(scene.form(scene.application(inn)), LoanEvent.REJECT, LoanScene.rejection());
            case WITHDRAWN -> scene.apply(scene.form(scene.application(inn)), LoanEvent.WITHDRAW, Map.of());
            case CONTRACTED -> scene.contracted(inn);
        };
    }

    /** As the database sees it, past all Java: no status goes back, and what a contract fixed stays. */
    @Test
    void theDatabaseHoldsToTheTableToo() {
        UUID rejected = at(Milestone.REJECTED).loan().id();
        UUID contracted = at(Milestone.CONTRACTED).loan().id();
        UUID withdrawn = at(Milestone.WITHDRAWN).loan().id();
        for (String change : List.of("status = 'FORMED'", "status = 'APPROVED', approved = 1")) {
            assertThrows(IllegalStateException.class, () -> Rows.change("update loans.loan set version = version + 1, " + change + " where id = ?", rejected));
            assertThrows(IllegalStateException.class, () -> Rows.change("update loans.loan set version = version + 1, " + change + " where id = ?", withdrawn));
        }
        for (String change : List.of("inn = '7707083893'", "stage = 1", "applied_at = applied_at - interval '1 day'", "contract_headcount = 11", "maximum = 1", "contract_number = null",
                "programme = '1528'", "status = 'REJECTED', rejection_code = 'OTHER'", "issued = contract_sum + 1")) {
            assertThrows(IllegalStateException.class, () -> Rows.change("update loans.loan set version = version + 1, " + change + " where id = ?", contracted), change);
        }
        assertThrows(IllegalStateException.class, () -> Rows.change("update loans.loan set contract_number = 'x' where id = ?", contracted), "a change is a version");
        assertThrows(IllegalStateException.class, () -> Rows.change("update loans.loan_version set at = now() where loan_id = ?", contracted));
        assertThrows(IllegalStateException.class, () -> Rows.change("delete from loans.loan where id = ?", contracted));
        assertEquals(List.of("1", "2", "3"), Rows.of("select version::text from loans.loan_version where loan_id = ? order by version", contracted));
    }

    @Test
    void whatAContractFixedIsRefusedByNameAndTheRestNeedsAReason() {
        LoanView loan = scene.contracted(scene.aBorrower());
        Map<LoanField, Object> other = new EnumMap<>(Map.of(LoanField.INN, LoanScene.inn(), LoanField.PROGRAMME, "1528", LoanField.APPLIED_AT, LoanScene.APPLIED.atStartOfDay(ZoneOffset.UTC).toInstant(),
                LoanField.CONTRACT_HEADCOUNT, 11, LoanField.BORROWER_KIND, "SOLE_PROPRIETOR"));
        other.forEach((field, value) -> assertEquals(field.json(), assertRefused(LoanRefusal.FIELD_LOCKED, () -> scene.apply(loan, LoanEvent.CORRECT, LoanScene.stating(field, value))).field()));
        assertRefused(LoanRefusal.REASON_MISSING, () -> scene.apply(loan, LoanEvent.CORRECT, LoanScene.stating(LoanField.CONTRACT_NUMBER, "K-2"), null));
        LoanView corrected = scene.apply(loan, LoanEvent.CORRECT, LoanScene.stating(LoanField.CONTRACT_SUM, 800_000_00L), "A misprint.");
        assertEquals(Optional.of("A misprint."), corrected.loan().last().reason());
        assertEquals(800_000_00L, corrected.loan().stated().get(LoanField.CONTRACT_SUM));
    }

    @Test
    void aContractIsNotTakenAwayFieldByField() {
        LoanView loan = scene.contracted(scene.aBorrower());
        Wish clearing = Wish.change(loan.loan().id(), LoanEvent.CORRECT, Map.of(), 3, Optional.of("x"))
                .clearing(Set.of(LoanField.CONTRACT_NUMBER, LoanField.CONTRACT_DATE, LoanField.CONTRACT_SUM, LoanField.RATE, LoanField.TERM_MONTHS));
        assertEquals("contractDate", assertRefused(LoanRefusal.FIELD_LOCKED, () -> scene.application.with(Loans.class, loans -> loans.change(clearing, scene.placer()))).field());
    }

    @Test
    void whatWasIssuedOnceWasNotEnteredInError() {
        LoanView paid = scene.apply(scene.contracted(scene.aBorrower()), LoanEvent.RECORD, LoanScene.stating(LoanField.ISSUES, LoanScene.sums("2026-02-17", 1L)));
        LoanView emptied = scene.apply(paid, LoanEvent.CORRECT, LoanScene.stating(LoanField.ISSUES, List.of()), "Not issued after all.");
        assertRefused(InputRefusal.TRANSITION_NOT_ALLOWED, () -> scene.application.with(Loans.class, loans -> loans.reportError(emptied.loan().id(), emptied.loan().version(), "x", scene.placer())));
    }

    @Test
    void aFieldOfAnotherEventIsNotTakenAlong() {
        LoanView formed = scene.form(scene.application(scene.aBorrower()));
        assertEquals("contractSum", assertRefused(LoanRefusal.FIELD_NOT_OF_EVENT, () -> scene.apply(formed, LoanEvent.EDIT, LoanScene.stating(LoanField.CONTRACT_SUM, 1L))).field());
        Map<LoanField, Object> tooMuch = LoanScene.approval();
        tooMuch.put(LoanField.INN, LoanScene.inn());
        assertEquals("inn", assertRefused(LoanRefusal.FIELD_NOT_OF_EVENT, () -> scene.apply(formed, LoanEvent.APPROVE, tooMuch)).field());
    }

    @Test
    void aStaleVersionIsToldWhatDiffers() {
        LoanView formed = scene.form(scene.application(scene.aBorrower()));
        scene.apply(formed, LoanEvent.EDIT, LoanScene.stating(LoanField.REQUESTED, 950_000_00L));
        Refusal refusal = assertRefused(LoanRefusal.VERSION_CONFLICT, () -> scene.apply(formed, LoanEvent.APPROVE, LoanScene.approval()));
        assertEquals("2 requested", refusal.argument(0) + " " + refusal.argument(1));
    }

    @Test
    void whatIsWrongWithSumsAndDatesIsSaidByField() {
        String inn = scene.aBorrower();
        assertEquals("requested", assertRefused(LoanRefusal.AMOUNT_RANGE, () -> scene.form(with(inn, LoanField.REQUESTED, 0L))).field());
        assertEquals("requested", assertRefused(LoanRefusal.AMOUNT_RANGE, () -> scene.form(with(inn, LoanField.REQUESTED, 1_000_000_000_000_000L))).field());
        LoanView approved = scene.apply(scene.form(scene.application(inn)), LoanEvent.APPROVE, LoanScene.approval());
        Map<LoanField, Object> without = LoanScene.contract();
        without.remove(LoanField.RATE);
        assertEquals("rate", assertRefused(LoanRefusal.CONTRACT_INCOMPLETE, () -> scene.apply(approved, LoanEvent.CONTRACT, without)).field());
        Map<LoanField, Object> backwards = LoanScene.contract();
        backwards.put(LoanField.END_DATE, LocalDate.of(2026, 2, 16));
        assertEquals("endDate", assertRefused(LoanRefusal.DATE_ORDER, () -> scene.apply(approved, LoanEvent.CONTRACT, backwards)).field());
        LoanView contracted = scene.apply(approved, LoanEvent.CONTRACT, LoanScene.contract());
        assertEquals("issues", assertRefused(LoanRefusal.ISSUED_ABOVE_CONTRACT,
                () -> scene.apply(contracted, LoanEvent.RECORD, LoanScene.stating(LoanField.ISSUES, LoanScene.sums("2026-02-17", 900_000_01L)))).field());
        assertEquals("balances", assertRefused(LoanRefusal.AMOUNT_RANGE,
                () -> scene.apply(contracted, LoanEvent.RECORD, LoanScene.stating(LoanField.BALANCES, LoanScene.sums("2026-02-01", 1L, "2026-02-01", 2L)))).field());
    }

    @Test
    void whatContradictsWhatWasStatedBeforeIsToldOrRefused() {
        LoanView formed = scene.form(scene.application(scene.aBorrower()));
        Map<LoanField, Object> more = LoanScene.approval();
        more.put(LoanField.APPROVED, 1_000_000_01L);
        LoanView approved = scene.apply(formed, LoanEvent.APPROVE, more);
        assertTrue(approved.loan().warnings().contains(new Loan.Warning("APPROVED_ABOVE_REQUESTED", "approved")), "and taken: the bank decides");
        for (String rate : List.of("100.0001", "-0.0001")) {
            Map<LoanField, Object> dear = LoanScene.contract();
            dear.put(LoanField.RATE, new BigDecimal(rate));
            assertEquals("rate", assertRefused(LoanRefusal.AMOUNT_RANGE, () -> scene.apply(approved, LoanEvent.CONTRACT, dear)).field());
        }
        Map<LoanField, Object> hundred = LoanScene.contract();
        hundred.put(LoanField.RATE, new BigDecimal("100.0000"));
        LoanView contracted = scene.apply(approved, LoanEvent.CONTRACT, hundred);
        assertEquals("issues", assertRefused(LoanRefusal.DATE_ORDER, () -> scene.apply(contracted, LoanEvent.RECORD, LoanScene.stating(LoanField.ISSUES, LoanScene.sums("2026-02-15", 1L)))).field());
        assertEquals("balances", assertRefused(LoanRefusal.DATE_ORDER, () -> scene.apply(contracted, LoanEvent.RECORD, LoanScene.stating(LoanField.BALANCES, LoanScene.sums("2026-01-01", 1L)))).field());
    }

    @ParameterizedTest
    @CsvSource({"2027-01-16, true", "2027-01-17, false", "2027-02-15, false", "2027-02-16, false", "2027-03-15, false", "2027-03-16, true"})
    void aTermOfTwelveMonthsThatTheEndDoesNotFitIsMarked(LocalDate end, boolean marked) {
        Map<LoanField, Object> contract = LoanScene.contract();
        contract.put(LoanField.END_DATE, end);
        LoanView contracted = scene.apply(scene.apply(scene.form(scene.application(scene.aBorrower())), LoanEvent.APPROVE, LoanScene.approval()), LoanEvent.CONTRACT, contract);
        assertEquals(marked, contracted.loan().warnings().contains(new Loan.Warning("TERM_AND_END_DIFFER", "endDate")));
    }

    private Map<LoanField, Object> with(String inn, LoanField field, Object value) {
        Map<LoanField, Object> stated = scene.application(inn);
        stated.put(field, value);
        return stated;
    }

    @Test
    void anEditOfNothingIsNoVersion() {
        LoanView formed = scene.form(scene.application(scene.aBorrower()));
        LoanView same = scene.apply(formed, LoanEvent.EDIT, LoanScene.stating(LoanField.REQUESTED, 1_000_000_00L));
        assertEquals(1, same.loan().version());
    }

    @Test
    void withdrawnAndEnteredAnewInOneStepTheNewOneNamesTheOld() {
        LoanView formed = scene.form(scene.application(scene.aBorrower()));
        LoanView anew = scene.application.with(Loans.class, loans -> loans.reenter(formed.loan().id(), 1, "The headcount is disputed.", Map.of(), scene.placer()));
        assertEquals(Optional.of(formed.loan().id()), anew.loan().replaces());
        assertEquals(LoanStatus.WITHDRAWN, scene.get(formed.loan().id()).loan().status());
        assertEquals(formed.loan().stated(), anew.loan().stated());
        LoanView contracted = scene.contracted(scene.aBorrower());
        assertRefused(InputRefusal.TRANSITION_NOT_ALLOWED, () -> scene.application.with(Loans.class, loans -> loans.reenter(contracted.loan().id(), 3, "x", Map.of(), scene.placer())));
    }

    @Test
    void aContractThatWasEnteredInErrorGoesWhenTheRegulatorConfirms() {
        LoanView loan = scene.contracted(scene.aBorrower());
        UUID id = loan.loan().id();
        assertRefused(LoanRefusal.ERROR_NOT_REPORTED, () -> scene.application.with(Loans.class, loans -> loans.confirmError(id, 3, scene.watching())));
        scene.application.run(Loans.class, loans -> loans.reportError(id, 3, "Another borrower's.", scene.placer()));
        Viewer stranger = Viewer.regulator(Set.of("1528"), scene.contour, scene.watching().actor());
        assertRefused(InputRefusal.NOT_FOUND, () -> scene.application.with(Loans.class, loans -> loans.confirmError(id, 3, stranger)));
        LoanView gone = scene.application.with(Loans.class, loans -> loans.confirmError(id, 3, scene.watching()));
        assertEquals(LoanStatus.WITHDRAWN, gone.loan().status());
        assertTrue(gone.loan().contracted(), "what it said stays to be read");
        LoanView paid = scene.contracted(scene.aBorrower());
        LoanView issued = scene.apply(paid, LoanEvent.RECORD, LoanScene.stating(LoanField.ISSUES, LoanScene.sums("2026-02-17", 1L)));
        assertRefused(InputRefusal.TRANSITION_NOT_ALLOWED, () -> scene.application.with(Loans.class, loans -> loans.reportError(issued.loan().id(), 4, "x", scene.placer())));
    }

    @Test
    void aReportOfAnErrorIsFoundByItsRegulatorWhoMayDeclineIt() {
        LoanView loan = scene.contracted(scene.aBorrower());
        UUID id = loan.loan().id();
        LoanView reported = scene.application.with(Loans.class, loans -> loans.reportError(id, 3, "Another borrower's.", scene.placer()));
        assertEquals("Another borrower's.", reported.error().orElseThrow().reason());
        assertEquals("loan", assertRefused(LoanRefusal.ERROR_REPORTED, () -> scene.application.with(Loans.class, loans -> loans.reportError(id, 3, "Again.", scene.placer()))).field());
        assertEquals(List.of(id), reports(scene.watching()));
        assertEquals(List.of(id), reports(scene.viewer()));
        assertEquals(List.of(), reports(scene.anotherBank().viewer()));
        assertEquals(List.of(), reports(Viewer.regulator(Set.of("1528"), scene.contour, scene.watching().actor())));
        assertRefused(LoanRefusal.VERSION_CONFLICT, () -> scene.application.with(Loans.class, loans -> loans.declineError(id, 2, "No.", scene.watching())));
        LoanView declined = scene.application.with(Loans.class, loans -> loans.declineError(id, 3, "The contract is there.", scene.watching()));
        assertEquals("The contract is there.", declined.error().orElseThrow().declined().orElseThrow().reason());
        assertEquals(List.of(), reports(scene.watching()));
        assertRefused(LoanRefusal.ERROR_NOT_REPORTED, () -> scene.application.with(Loans.class, loans -> loans.declineError(id, 3, "No.", scene.watching())));
        assertRefused(LoanRefusal.ERROR_NOT_REPORTED, () -> scene.application.with(Loans.class, loans -> loans.confirmError(id, 3, scene.watching())));
        assertRefused(LoanRefusal.ERROR_REPORTED, () -> scene.application.with(Loans.class, loans -> loans.reportError(id, 3, "Again.", scene.placer())));
        LoanView corrected = scene.apply(loan, LoanEvent.CORRECT, LoanScene.stating(LoanField.CONTRACT_NUMBER, "K-2"));
        assertEquals(Optional.empty(), corrected.error());
        scene.application.run(Loans.class, loans -> loans.reportError(id, 4, "It is another's.", scene.placer()));
        assertEquals(LoanStatus.WITHDRAWN, scene.application.with(Loans.class, loans -> loans.confirmError(id, 4, scene.watching())).loan().status());
        assertEquals(List.of(), reports(scene.watching()));
    }

    private List<UUID> reports(Viewer viewer) {
        return scene.application.with(Loans.class, loans -> loans.errorReports(viewer, Optional.empty())).stream().map(ErrorReport::loan).toList();
    }

    @Test
    void theRegulatorWithdrawsWhatHasNoContractWithAReason() {
        LoanView formed = scene.form(scene.application(scene.aBorrower()));
        LoanView gone = scene.application.with(Loans.class, loans -> loans.withdraw(formed.loan().id(), 1, "The bank has asked.", scene.watching()));
        assertEquals("WITHDRAWN REGULATOR", gone.loan().status() + " " + gone.loan().last().actor().role());
        assertEquals(scene.bank, gone.loan().bank());
    }

    @Test
    void aReplacedLoanIsAnOwnOneThatWasWithdrawn() {
        LoanView formed = scene.form(scene.application(scene.aBorrower()));
        Map<LoanField, Object> stated = scene.application(scene.aBorrower());
        assertRefused(LoanRefusal.NOT_WITHDRAWN, () -> scene.application.with(Loans.class,
                loans -> loans.enter(Wish.enter(LoanEvent.FORM, stated, Optional.of(formed.loan().id())), scene.placer(), new RequestKey("k1", new byte[32]))));
        LoanScene stranger = scene.anotherBank();
        assertRefused(InputRefusal.NOT_FOUND, () -> scene.application.with(Loans.class,
                loans -> loans.enter(Wish.enter(LoanEvent.FORM, stated, Optional.of(formed.loan().id())), stranger.placer(), new RequestKey("k1", new byte[32]))));
    }

    @Test
    void aKeyIsAnsweredAsTheFirstTimeAndNeverForAnotherBody() {
        Wish wish = Wish.enter(LoanEvent.FORM, scene.application(scene.aBorrower()), Optional.empty());
        LoanView first = scene.application.with(Loans.class, loans -> loans.enter(wish, scene.placer(), new RequestKey("key", new byte[32])));
        scene.apply(first, LoanEvent.APPROVE, LoanScene.approval());
        LoanView again = scene.application.with(Loans.class, loans -> loans.enter(wish, scene.placer(), new RequestKey("key", new byte[32])));
        assertEquals(first.loan(), again.loan());
        byte[] other = new byte[32];
        other[0] = 1;
        assertRefused(LoanRefusal.KEY_USED_OTHERWISE, () -> scene.application.with(Loans.class, loans -> loans.enter(wish, scene.placer(), new RequestKey("key", other))));
        assertRefused(LoanRefusal.KEY_MISSING, () -> scene.application.with(Loans.class, loans -> loans.enter(wish, scene.placer(), new RequestKey("ключ", new byte[32]))));
        assertRefused(LoanRefusal.APPLICATION_NUMBER_TAKEN, () -> scene.application.with(Loans.class, loans -> loans.enter(wish, scene.placer(), new RequestKey("another", new byte[32]))));
        assertFalse(Rows.of("select key from loans.answered where loan_id = ?", first.loan().id()).isEmpty());
    }

    /** With what was said then, though it would not be said now (LOAN-32). */
    @Test
    void aRepeatedKeyIsToldWhatTheFirstWasTold() {
        String inn = LoanScene.inn();
        LoanView before = scene.form(scene.application(inn));
        Wish wish = Wish.enter(LoanEvent.FORM, scene.application(inn), Optional.empty());
        LoanView first = scene.application.with(Loans.class, loans -> loans.enter(wish, scene.placer(), new RequestKey("key", new byte[32])));
        scene.apply(before, LoanEvent.WITHDRAW, Map.of());
        LoanView again = scene.application.with(Loans.class, loans -> loans.enter(wish, scene.placer(), new RequestKey("key", new byte[32])));
        assertTrue(told(first).toString().contains("DUPLICATE_FLAGGED"), told(first)::toString);
        assertEquals(told(first), told(again));
        assertEquals(List.of(true, false), List.of(again.duplicate(), again.newerReport()));
    }

    private static List<String> told(LoanView view) {
        return view.sayings().stream().map(saying -> saying.severity() + " " + saying.code() + " " + saying.field() + " " + saying.refusal().sentence(Language.EN)).toList();
    }

    static Refusal assertRefused(RefusalCode code, Executable action) {
        Refusal refusal = assertThrows(Refusal.class, action);
        assertEquals(code, refusal.code());
        return refusal;
    }
}
