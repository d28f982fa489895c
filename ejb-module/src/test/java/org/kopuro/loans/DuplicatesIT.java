package org.kopuro.loans;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.kopuro.loans.LifeOfALoanIT.assertRefused;

import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.kopuro.installation.Installation;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.Refusal;
import org.kopuro.testing.Rows;
import org.kopuro.testing.TestProgrammes;

/** One borrower, one programme: a second entry is refused or marked, whoever comes first and however many at once (LOAN-40 to LOAN-46). */
class DuplicatesIT {

    @Test
    void ofFiftyAtOneInstantExactlyOneEntersWhereDuplicatesAreBlocked() throws Exception {
        LoanScene scene = new LoanScene("BLOCK");
        List<LoanScene> banks = List.of(scene, scene.anotherBank(), scene.anotherBank(), scene.anotherBank(), scene.anotherBank());
        String inn = scene.aBorrower();
        List<String> outcomes = atOnce(50, i -> {
            LoanScene bank = banks.get(i % banks.size());
            try {
                bank.form(bank.application(inn));
                return "FORMED";
            } catch (Refusal refusal) {
                return refusal.code().name();
            }
        });
        assertEquals(1, outcomes.stream().filter("FORMED"::equals).count(), outcomes::toString);
        assertEquals(49, outcomes.stream().filter("DUPLICATE_BLOCKED"::equals).count(), outcomes::toString);
    }

    @Test
    void ofFiftyAtOneInstantAllEnterAndAllAreMarkedWhereDuplicatesAreFlagged() throws Exception {
        LoanScene scene = new LoanScene("FLAG");
        LoanScene other = scene.anotherBank();
        String inn = scene.aBorrower();
        List<String> outcomes = atOnce(50, i -> (i % 2 == 0 ? scene : other).form((i % 2 == 0 ? scene : other).application(inn)).loan().id().toString());
        assertEquals(50, outcomes.stream().distinct().count());
        assertEquals(List.of("50"), Rows.of("select active::text from loans.applicant where inn = ? and programme = ?", inn, scene.programme));
        Rows.of("select id::text from loans.loan where inn = ? and bank_id = ?", inn, scene.bank)
                .forEach(id -> assertTrue(scene.get(UUID.fromString(id)).duplicate()));
    }

    private interface Entering {
        String by(int number) throws Exception;
    }

    private static List<String> atOnce(int entries, Entering entering) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(entries);
        try {
            CyclicBarrier together = new CyclicBarrier(entries);
            List<Callable<String>> calls = new ArrayList<>();
            for (int i = 0; i < entries; i++) {
                int number = i;
                calls.add(() -> {
                    together.await();
                    return entering.by(number);
                });
            }
            List<String> outcomes = new ArrayList<>();
            for (Future<String> one : threads.invokeAll(calls)) {
                outcomes.add(one.get());
            }
            return outcomes;
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void theRefusedBankLearnsTheProgrammeAndTheMonthAndNothingElse() {
        LoanScene first = new LoanScene("BLOCK");
        LoanScene second = first.anotherBank();
        String inn = first.aBorrower();
        first.form(first.application(inn));
        Refusal refusal = assertRefused(LoanRefusal.DUPLICATE_BLOCKED, () -> second.form(second.application(inn)));
        assertEquals(first.programme + " 2026-02", refusal.argument(0) + " " + refusal.argument(1));
        assertEquals(Optional.of(YearMonth.of(2026, 2)), second.application.with(Loans.class, loans -> loans.duplicateCheck(first.programme, inn, second.placer())));
        assertEquals(Optional.empty(), second.application.with(Loans.class, loans -> loans.duplicateCheck(first.programme, LoanScene.inn(), second.placer())));
        assertEquals(List.of("1"), Rows.of("select count(*)::text from loans.loan where inn = ?", inn), "the question has stored nothing");
    }

    /** LOAN-42: where stages are keys apart, one of another stage is none; the contract's day may make it one. */
    @Test
    void whereStagesAreApartALoanOfAnotherStageIsNoDuplicate() {
        LoanScene scene = new LoanScene("BLOCK");
        String staged = TestProgrammes.withoutRules("BLOCK", true, scene.regulator);
        Rows.change("""
                insert into loans.rule_set (programme, stage, version, issued_from, issued_to, source, reason, proposed_at, outcome, decided_at)
                values (?, 1, 1, date '2020-01-01', date '2026-01-31', 'a test', 'x', now(), 'APPROVED', now()), (?, 2, 1, date '2026-02-01', null, 'a test', 'x', now(), 'APPROVED', now())""", staged, staged);
        TestProgrammes.accredit(scene.bank, scene.contour, staged, LocalDate.of(2020, 1, 1));
        String inn = scene.aBorrower();
        LoanView first = scene.form(of(scene, staged, inn, LocalDate.of(2026, 1, 20)));
        assertEquals(Optional.empty(), scene.application.with(Loans.class, loans -> loans.duplicateCheck(staged, inn, scene.placer())), "what would be entered today is of stage 2");
        LoanView second = scene.form(of(scene, staged, inn, LocalDate.of(2026, 2, 2)));
        assertEquals("1 2 false false", first.loan().stage() + " " + second.loan().stage() + " " + scene.get(first.loan().id()).duplicate() + " " + second.duplicate());
        assertEquals(Optional.of(YearMonth.of(2026, 2)), scene.application.with(Loans.class, loans -> loans.duplicateCheck(staged, inn, scene.placer())));
        Refusal refusal = assertRefused(LoanRefusal.DUPLICATE_BLOCKED, () -> scene.form(of(scene, staged, inn, LocalDate.of(2026, 2, 3))));
        assertEquals("2026-02", refusal.argument(1));
        assertEquals("2026-01", assertRefused(LoanRefusal.DUPLICATE_BLOCKED, () -> scene.form(of(scene, staged, inn, LocalDate.of(2026, 1, 21)))).argument(1));
        LoanView approved = scene.apply(first, LoanEvent.APPROVE, LoanScene.approval());
        assertRefused(LoanRefusal.DUPLICATE_BLOCKED, () -> scene.apply(approved, LoanEvent.CONTRACT, LoanScene.contract()));
        scene.apply(second, LoanEvent.WITHDRAW, Map.of());
        assertEquals(2, scene.apply(approved, LoanEvent.CONTRACT, LoanScene.contract()).loan().stage());
        assertEquals(List.of("1 0", "2 1"), Rows.of("select part || ' ' || active from loans.applicant where inn = ? and programme = ? order by part", inn, staged));
    }

    private static Map<LoanField, Object> of(LoanScene scene, String programme, String inn, LocalDate day) {
        Map<LoanField, Object> stated = scene.application(inn);
        stated.put(LoanField.PROGRAMME, programme);
        stated.put(LoanField.APPLIED_AT, day.atTime(10, 0).atZone(Installation.MOSCOW).toInstant());
        return stated;
    }

    @Test
    void whatIsRejectedOrWithdrawnMakesRoomAndNeitherBlocksNorFlags() {
        for (LoanEvent end : List.of(LoanEvent.REJECT, LoanEvent.WITHDRAW)) {
            LoanScene first = new LoanScene("BLOCK");
            LoanScene second = first.anotherBank();
            String inn = first.aBorrower();
            LoanView formed = first.form(first.application(inn));
            first.apply(formed, end, end == LoanEvent.REJECT ? LoanScene.rejection() : Map.of());
            assertFalse(second.form(second.application(inn)).duplicate());
        }
    }

    @Test
    void theFlagOfTheRemainingLoanGoesWithTheOther() {
        LoanScene first = new LoanScene("FLAG");
        LoanScene second = first.anotherBank();
        String inn = first.aBorrower();
        LoanView one = first.form(first.application(inn));
        LoanView other = second.form(second.application(inn));
        assertTrue(other.duplicate());
        assertTrue(first.get(one.loan().id()).duplicate(), "both are marked");
        second.apply(other, LoanEvent.WITHDRAW, Map.of());
        assertFalse(first.get(one.loan().id()).duplicate());
    }

    @Test
    void aBankSeesOfTheOtherOneTheMonthAndTheRegulatorBothSides() {
        LoanScene first = new LoanScene("FLAG");
        LoanScene second = first.anotherBank();
        String inn = first.aBorrower();
        LoanView one = first.form(first.application(inn));
        LoanView other = second.form(second.application(inn));
        List<Twin> seen = first.application.with(Loans.class, loans -> loans.duplicates(one.loan().id(), first.viewer()));
        assertEquals(List.of(new Twin(YearMonth.of(2026, 2), Optional.empty(), Optional.empty())), seen);
        List<Twin> watched = first.application.with(Loans.class, loans -> loans.duplicates(one.loan().id(), first.watching()));
        assertEquals(second.bank, watched.get(0).loan().orElseThrow().bank());
        first.application.run(Loans.class, loans -> loans.review(one.loan().id(), other.loan().id(), DuplicateReview.Outcome.DIFFERENT_LOAN, "Two contracts.", first.watching()));
        assertFalse(first.get(one.loan().id()).duplicate());
        assertFalse(second.get(other.loan().id()).duplicate());
        DuplicateReview told = first.application.with(Loans.class, loans -> loans.reviews(one.loan().id(), first.viewer())).get(0);
        assertEquals("Optional.empty Optional.empty", told.other() + " " + told.reason(), "of the other bank's loan a bank learns nothing");
        first.application.run(Loans.class, loans -> loans.review(other.loan().id(), one.loan().id(), DuplicateReview.Outcome.CONFIRMED, "The same after all.", first.watching()));
        assertTrue(first.get(one.loan().id()).duplicate(), "the newest review counts, from whichever side");
        assertRefused(LoanRefusal.NO_PAIR, () -> first.application.with(Loans.class,
                loans -> loans.review(one.loan().id(), one.loan().id(), DuplicateReview.Outcome.CONFIRMED, "x", first.watching())));
    }

    @Test
    void theContoursAreWorldsOfTheirOwn() {
        LoanScene test = new LoanScene(Contour.TEST, "BLOCK");
        String inn = test.aBorrower();
        test.form(test.application(inn));
        Rows.change("insert into loans.applicant (contour, programme, inn, part, policy, active) values ('PRODUCTION', ?, ?, 0, 'BLOCK', 1)", test.programme, inn);
        assertThrows(IllegalStateException.class, () -> Rows.change("update loans.applicant set active = 2 where inn = ? and programme = ?", inn, test.programme));
    }

    @Test
    void aNumberThatMovesLeavesItsKeyAndTakesAnother() {
        LoanScene first = new LoanScene("BLOCK");
        LoanScene second = first.anotherBank();
        String from = first.aBorrower();
        String to = first.aBorrower();
        LoanView loan = first.form(first.application(from));
        LoanView moved = first.apply(loan, LoanEvent.EDIT, LoanScene.stating(LoanField.INN, to));
        second.form(second.application(from));
        assertRefused(LoanRefusal.DUPLICATE_BLOCKED, () -> second.form(second.application(to)));
        assertRefused(LoanRefusal.DUPLICATE_BLOCKED, () -> first.apply(moved, LoanEvent.EDIT, LoanScene.stating(LoanField.INN, from)));
    }

    /** In one round, as in a file: what one row leaves, another may take, whichever stands first. */
    @Test
    void aNumberThatBecomesFreeInTheSameRoundIsFree() {
        LoanScene scene = new LoanScene("BLOCK");
        String from = scene.aBorrower();
        String to = scene.aBorrower();
        Map<LoanField, Object> old = scene.application(from);
        scene.form(old);
        Map<LoanField, Object> moved = new EnumMap<>(old);
        moved.put(LoanField.INN, to);
        List<Judgement> judgements = scene.application.with(Placing.class, placing -> placing.place(List.of(asInAFile(scene.application(from)), asInAFile(moved)),
                scene.placer(), scene.application.clock().instant()));
        assertEquals(List.of(Judgement.Outcome.CREATED, Judgement.Outcome.UPDATED), judgements.stream().map(Judgement::outcome).toList(), () -> judgements.toString());
    }

    /** And what does not get free after all, because its loan may not go where it wants, is not. */
    @Test
    void aNumberThatStaysTakenInTheSameRoundIsTaken() {
        LoanScene scene = new LoanScene("BLOCK");
        String from = scene.aBorrower();
        String occupied = scene.aBorrower();
        scene.anotherBank().form(scene.application(occupied));
        Map<LoanField, Object> old = scene.application(from);
        scene.form(old);
        Map<LoanField, Object> moved = new EnumMap<>(old);
        moved.put(LoanField.INN, occupied);
        List<Judgement> judgements = scene.application.with(Placing.class, placing -> placing.place(List.of(asInAFile(scene.application(from)), asInAFile(moved)),
                scene.placer(), scene.application.clock().instant()));
        assertEquals(List.of(Judgement.Outcome.REFUSED, Judgement.Outcome.REFUSED), judgements.stream().map(Judgement::outcome).toList(), () -> judgements.toString());
    }

    @Test
    void inOneRoundTheFirstOfTwoWithOneKeyEnters() {
        LoanScene scene = new LoanScene("BLOCK");
        String inn = scene.aBorrower();
        List<Judgement> judgements = scene.application.with(Placing.class, placing -> placing.place(List.of(asInAFile(scene.application(inn)), asInAFile(scene.application(inn))),
                scene.placer(), scene.application.clock().instant()));
        assertEquals("CREATED REFUSED DUPLICATE_BLOCKED", judgements.get(0).outcome() + " " + judgements.get(1).outcome() + " "
                + judgements.get(1).sayings().stream().filter(Saying::refuses).findFirst().orElseThrow().code());
    }

    /** Without a file. */
    private static Wish asInAFile(Map<LoanField, Object> stated) {
        return new Wish(Optional.empty(), Optional.empty(), stated, Set.of(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    @Test
    void aPolicyThatBlocksIsNotTakenUpWhileThereAreTwo() {
        LoanScene scene = new LoanScene("FLAG");
        String inn = scene.aBorrower();
        scene.form(scene.application(inn));
        LoanView second = scene.form(scene.application(inn));
        assertThrows(IllegalStateException.class, () -> Rows.change("update loans.programme set duplicate_policy = 'BLOCK' where code = ?", scene.programme));
        scene.apply(second, LoanEvent.WITHDRAW, Map.of());
        Rows.change("update loans.programme set duplicate_policy = 'BLOCK' where code = ?", scene.programme);
        assertRefused(LoanRefusal.DUPLICATE_BLOCKED, () -> scene.form(scene.application(inn)));
        Rows.change("update loans.programme set duplicate_policy = 'FLAG' where code = ?", scene.programme);
        assertTrue(scene.form(scene.application(inn)).duplicate());
    }
}
