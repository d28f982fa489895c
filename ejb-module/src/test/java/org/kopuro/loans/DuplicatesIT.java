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
import java.util.HashSet;
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
import org.kopuro.kernel.Actor;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Refusal;
import org.kopuro.ledger.EntryView;
import org.kopuro.ledger.Receipts;
import org.kopuro.registers.borrowers.IdentifierProblem;
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
        assertEquals(List.of(new Twin(YearMonth.of(2026, 2), Optional.empty(), true, Optional.empty())), duplicates(first, one, first.viewer()));
        List<Twin> watched = duplicates(first, one, first.watching());
        assertEquals(second.bank, watched.get(0).loan().orElseThrow().bank());
        first.application.run(Loans.class, loans -> loans.review(one.loan().id(), other.loan().id(), DuplicateReview.Outcome.DIFFERENT_LOAN, "Two contracts.", first.watching()));
        assertFalse(first.get(one.loan().id()).duplicate());
        assertFalse(second.get(other.loan().id()).duplicate());
        DuplicateReview told = first.application.with(Loans.class, loans -> loans.reviews(one.loan().id(), first.viewer())).get(0);
        assertEquals(List.of(Optional.empty(), Optional.empty(), Optional.empty()), List.of(told.id(), told.other(), told.reason()), "of the other bank's loan a bank learns nothing");
        DuplicateReview found = duplicates(first, one, first.viewer()).get(0).review().orElseThrow();
        assertEquals(told, found, "the outcome it does learn");
        assertEquals(DuplicateReview.Outcome.DIFFERENT_LOAN, found.outcome());
        first.application.run(Loans.class, loans -> loans.review(other.loan().id(), one.loan().id(), DuplicateReview.Outcome.CONFIRMED, "The same after all.", first.watching()));
        assertTrue(first.get(one.loan().id()).duplicate(), "the newest review counts, from whichever side");
        assertRefused(LoanRefusal.NO_PAIR, () -> first.application.with(Loans.class,
                loans -> loans.review(one.loan().id(), one.loan().id(), DuplicateReview.Outcome.CONFIRMED, "x", first.watching())));
    }

    private static List<Twin> duplicates(LoanScene scene, LoanView loan, Viewer viewer) {
        return scene.application.with(Loans.class, loans -> loans.duplicates(loan.loan().id(), viewer)).told();
    }

    private static void review(LoanScene scene, LoanView one, LoanView other, DuplicateReview.Outcome outcome) {
        scene.application.run(Loans.class, loans -> loans.review(one.loan().id(), other.loan().id(), outcome, "Looked at both.", scene.watching()));
    }

    /** How many there are, and of which months, is the others' business. */
    @Test
    void howeverManyTheOthersHaveABankIsToldOfOne() {
        LoanScene first = new LoanScene("FLAG");
        LoanScene second = first.anotherBank();
        LoanScene third = first.anotherBank();
        String inn = first.aBorrower();
        LoanView one = first.form(first.application(inn));
        LoanView own = first.form(first.application(inn));
        LoanView other = second.form(second.application(inn));
        Map<LoanField, Object> earlier = third.application(inn);
        earlier.put(LoanField.APPLIED_AT, LoanScene.APPLIED.minusMonths(1).atStartOfDay(Installation.MOSCOW).toInstant());
        LoanView another = third.form(earlier);
        assertEquals(List.of(Optional.of(own.loan().id()), Optional.empty()), duplicates(first, one, first.viewer()).stream().map(twin -> twin.loan().map(Loan::id)).toList());
        assertEquals(YearMonth.of(2026, 2), duplicates(first, one, first.viewer()).get(1).month());
        review(first, one, other, DuplicateReview.Outcome.DIFFERENT_LOAN);
        assertEquals(Optional.empty(), duplicates(first, one, first.viewer()).get(1).review(), "one of them is open");
        review(first, one, another, DuplicateReview.Outcome.CONFIRMED);
        assertEquals(DuplicateReview.Outcome.CONFIRMED, duplicates(first, one, first.viewer()).get(1).review().orElseThrow().outcome());
        assertEquals(1, first.application.with(Loans.class, loans -> loans.reviews(one.loan().id(), first.viewer())).size());
        assertEquals(3, duplicates(first, one, first.watching()).size());
        assertEquals(2, first.application.with(Loans.class, loans -> loans.reviews(one.loan().id(), first.watching())).size());
    }

    /** Else whoever once had an application could go on asking what others have, and leave no trace. */
    @Test
    void ofALoanThatCountsNoMoreNobodyIsToldOfOthers() {
        for (LoanEvent end : List.of(LoanEvent.REJECT, LoanEvent.WITHDRAW)) {
            LoanScene first = new LoanScene("FLAG");
            LoanScene second = first.anotherBank();
            String inn = first.aBorrower();
            LoanView one = first.form(first.application(inn));
            LoanView other = second.form(second.application(inn));
            first.apply(one, end, end == LoanEvent.REJECT ? LoanScene.rejection() : Map.of());
            assertEquals(List.of(), duplicates(first, one, first.viewer()));
            assertRefused(LoanRefusal.NO_PAIR, () -> first.application.with(Loans.class,
                    loans -> loans.review(one.loan().id(), other.loan().id(), DuplicateReview.Outcome.CONFIRMED, "x", first.watching())));
            assertRefused(LoanRefusal.NO_PAIR, () -> first.application.with(Loans.class,
                    loans -> loans.review(other.loan().id(), one.loan().id(), DuplicateReview.Outcome.CONFIRMED, "x", first.watching())));
            assertFalse(second.get(other.loan().id()).duplicate(), "and the other one is marked no more");
        }
    }

    @Test
    void aRejectedOneIsShownToItsBankAndTheRegulatorAndNeitherBlocksNorFlags() {
        LoanScene first = new LoanScene("FLAG");
        LoanScene second = first.anotherBank();
        String inn = first.aBorrower();
        LoanView one = first.form(first.application(inn));
        LoanView own = first.form(first.application(inn));
        LoanView other = second.form(second.application(inn));
        first.apply(own, LoanEvent.REJECT, LoanScene.rejection());
        second.apply(other, LoanEvent.REJECT, LoanScene.rejection());
        assertFalse(first.get(one.loan().id()).duplicate());
        assertEquals(List.of(own.loan().id() + " false"), duplicates(first, one, first.viewer()).stream().map(twin -> twin.loan().orElseThrow().id() + " " + twin.counted()).toList());
        assertEquals(List.of(false, false), duplicates(first, one, first.watching()).stream().map(Twin::counted).toList());
    }

    @Test
    void whatWasFoundDifferentIsMarkedByNoLaterEvent() {
        LoanScene first = new LoanScene("FLAG");
        LoanScene second = first.anotherBank();
        String inn = first.aBorrower();
        LoanView one = first.form(first.application(inn));
        LoanView other = second.form(second.application(inn));
        review(first, one, other, DuplicateReview.Outcome.DIFFERENT_LOAN);
        LoanView approved = first.apply(one, LoanEvent.APPROVE, LoanScene.approval());
        assertFalse(marked(approved), approved.sayings()::toString);
        LoanView third = second.form(second.application(inn));
        assertTrue(marked(third), "a further one is nobody's yet");
        LoanView edited = first.apply(approved, LoanEvent.EDIT, LoanScene.stating(LoanField.REQUESTED, 950_000_00L));
        assertTrue(marked(edited), "and there is one more that nobody has looked at");
        review(first, one, third, DuplicateReview.Outcome.DIFFERENT_LOAN);
        second.apply(third, LoanEvent.WITHDRAW, Map.of());
        assertFalse(marked(first.apply(edited, LoanEvent.EDIT, LoanScene.stating(LoanField.REQUESTED, 940_000_00L))));
    }

    /** What was found of it under the key that it comes back to counts again. */
    @Test
    void whatComesBackToItsKeyIsMarkedAsItsCardSays() {
        LoanScene first = new LoanScene("FLAG");
        LoanScene second = first.anotherBank();
        String inn = first.aBorrower();
        LoanView one = first.form(first.application(inn));
        review(first, one, second.form(second.application(inn)), DuplicateReview.Outcome.DIFFERENT_LOAN);
        LoanView away = first.apply(one, LoanEvent.EDIT, LoanScene.stating(LoanField.INN, first.aBorrower()));
        LoanView back = first.apply(away, LoanEvent.EDIT, LoanScene.stating(LoanField.INN, inn));
        assertFalse(back.duplicate());
        assertFalse(marked(back), back.sayings()::toString);
    }

    /** Of two that are placed together the one that goes to another borrower is no other loan of the first's any more, whatever was found of them. */
    @Test
    void whatLeavesTheKeyInTheSameRoundIsNotCountedAsFoundDifferent() {
        LoanScene scene = new LoanScene("FLAG");
        LoanScene rival = scene.anotherBank();
        String inn = scene.aBorrower();
        LoanView one = scene.form(scene.application(inn));
        LoanView leaving = scene.form(scene.application(inn));
        rival.form(rival.application(inn));
        review(scene, one, leaving, DuplicateReview.Outcome.DIFFERENT_LOAN);
        List<Judgement> placed = scene.application.with(Placing.class, placing -> placing.place(List.of(
                Wish.change(leaving.loan().id(), LoanEvent.EDIT, LoanScene.stating(LoanField.INN, scene.aBorrower()), 1, Optional.empty()),
                Wish.change(one.loan().id(), LoanEvent.EDIT, LoanScene.stating(LoanField.REQUESTED, 950_000_00L), 1, Optional.empty())), scene.placer(), scene.application.clock().instant()));
        assertTrue(scene.get(one.loan().id()).duplicate());
        assertEquals(List.of(false, true), placed.stream().map(Judgement::flagged).toList());
    }

    private static boolean marked(LoanView view) {
        return view.sayings().stream().anyMatch(saying -> saying.refusal().code() == LoanRefusal.DUPLICATE_FLAGGED);
    }

    /** Under another key it is another pair. */
    @Test
    void aReviewIsOfTheKeyUnderWhichItWasMade() {
        LoanScene first = new LoanScene("FLAG");
        LoanScene second = first.anotherBank();
        String inn = first.aBorrower();
        String moved = first.aBorrower();
        LoanView one = first.form(first.application(inn));
        LoanView other = second.form(second.application(inn));
        review(first, one, other, DuplicateReview.Outcome.DIFFERENT_LOAN);
        LoanView oneMoved = first.apply(one, LoanEvent.EDIT, LoanScene.stating(LoanField.INN, moved));
        LoanView otherMoved = second.apply(other, LoanEvent.EDIT, LoanScene.stating(LoanField.INN, moved));
        assertTrue(marked(otherMoved));
        assertTrue(first.get(oneMoved.loan().id()).duplicate());
        assertEquals(Optional.empty(), duplicates(first, oneMoved, first.watching()).get(0).review());
    }

    @Test
    void anotherProgrammesRegulatorIsNotToldOfTheReviewsBefore() {
        LoanScene first = new LoanScene("FLAG");
        LoanScene second = first.anotherBank();
        String elsewhere = TestProgrammes.programme("FLAG", false, TestProgrammes.regulator());
        TestProgrammes.accredit(first.bank, first.contour, elsewhere, LoanScene.APPLIED.minusYears(1));
        String inn = first.aBorrower();
        LoanView one = first.form(first.application(inn));
        review(first, one, second.form(second.application(inn)), DuplicateReview.Outcome.DIFFERENT_LOAN);
        first.apply(one, LoanEvent.EDIT, LoanScene.stating(LoanField.PROGRAMME, elsewhere));
        Viewer regulator = Viewer.regulator(Set.of(elsewhere), first.contour, Actor.of(UUID.randomUUID(), "REGULATOR"));
        assertEquals(List.of(), first.application.with(Loans.class, loans -> loans.reviews(one.loan().id(), regulator)));
        assertEquals(1, first.application.with(Loans.class, loans -> loans.reviews(one.loan().id(), first.viewer())).size(), "of its bank's history it is part");
    }

    @Test
    void whoAsksBeforeEnteringAsksOfANumberThatCanBeOneAndMayEnterToday() {
        LoanScene scene = new LoanScene(Contour.PRODUCTION, "FLAG");
        for (String wrong : List.of("", "7", "77070838931", "ООО «Ромашка»")) {
            assertEquals("inn", assertRefused(IdentifierProblem.BORROWER_INN_FORM, () -> scene.application.with(Loans.class, loans -> loans.duplicateCheck(scene.programme, wrong, scene.placer()))).field());
        }
        assertRefused(IdentifierProblem.BORROWER_INN_CHECK_DIGIT, () -> scene.application.with(Loans.class, loans -> loans.duplicateCheck(scene.programme, "7707083894", scene.placer())));
        assertEquals(Optional.empty(), scene.application.with(Loans.class, loans -> loans.duplicateCheck(scene.programme, LoanScene.inn(), scene.placer())));
        Rows.change("update loans.accreditation set last_day = date '2026-03-01', ended_at = now(), ended_by = gen_random_uuid(), ender_role = 'REGULATOR', end_reason = 'x' where bank_id = ?", scene.bank);
        assertRefused(LoanRefusal.NOT_ACCREDITED, () -> scene.application.with(Loans.class, loans -> loans.duplicateCheck(scene.programme, LoanScene.inn(), scene.placer())));
    }

    @Test
    void aRegulatorFindsThePairsThatNobodyHasLookedAt() {
        LoanScene first = new LoanScene("FLAG");
        LoanScene second = first.anotherBank();
        String inn = first.aBorrower();
        LoanView one = first.form(first.application(inn));
        LoanView other = second.form(second.application(inn));
        LoanView third = second.form(second.application(inn));
        first.form(first.application(first.aBorrower()));
        assertEquals(3, pairs(first, Optional.of(Pair.State.OPEN)).size());
        review(first, one, other, DuplicateReview.Outcome.DIFFERENT_LOAN);
        review(first, one, third, DuplicateReview.Outcome.CONFIRMED);
        assertEquals(List.of(Set.of(other.loan().id(), third.loan().id())), pairs(first, Optional.of(Pair.State.OPEN)));
        assertEquals(List.of(Set.of(one.loan().id(), other.loan().id())), pairs(first, Optional.of(Pair.State.DIFFERENT_LOAN)));
        assertEquals(List.of(Set.of(one.loan().id(), third.loan().id())), pairs(first, Optional.of(Pair.State.CONFIRMED)));
        Viewer stranger = Viewer.regulator(Set.of("1528"), first.contour, first.watching().actor());
        assertEquals(List.of(), first.application.with(Pairs.class, pairs -> pairs.list(stranger, Optional.of(first.programme), Optional.empty(), Optional.empty())).pairs());
        assertRefused(InputRefusal.NOT_FOUND, () -> first.application.with(Pairs.class, pairs -> pairs.list(first.viewer(), Optional.empty(), Optional.empty(), Optional.empty())));
        second.apply(third, LoanEvent.REJECT, LoanScene.rejection());
        assertEquals(List.of(Set.of(one.loan().id(), other.loan().id())), pairs(first, Optional.empty()));
    }

    private static List<Set<UUID>> pairs(LoanScene scene, Optional<Pair.State> state) {
        return scene.application.with(Pairs.class, pairs -> pairs.list(scene.watching(), Optional.empty(), state, Optional.empty())).pairs().stream()
                .map(pair -> Set.of(pair.first().id(), pair.second().id())).toList();
    }

    /** Each pair once, however many pages. */
    @Test
    void pairsAreReadPageByPage() {
        LoanScene scene = new LoanScene("FLAG");
        for (String inn : List.of(scene.aBorrower(), scene.aBorrower())) {
            List<Wish> wishes = new ArrayList<>();
            for (int i = 0; i < 16; i++) {
                wishes.add(asInAFile(scene.application(inn)));
            }
            scene.application.run(Placing.class, placing -> placing.place(wishes, scene.placer(), scene.application.clock().instant()));
        }
        Set<Set<UUID>> read = new HashSet<>();
        Optional<String> after = Optional.empty();
        int rows = 0;
        do {
            Optional<String> position = after;
            Pairs.Page page = scene.application.with(Pairs.class, pairs -> pairs.list(scene.watching(), Optional.empty(), Optional.empty(), position));
            page.pairs().forEach(pair -> read.add(Set.of(pair.first().id(), pair.second().id())));
            rows += page.pairs().size();
            after = page.next();
        } while (after.isPresent());
        assertEquals("240 240", rows + " " + read.size());
        for (String wrong : List.of("x", "a.b", UUID.randomUUID().toString())) {
            assertEquals("after", assertRefused(InputRefusal.FIELD_INVALID, () -> scene.application.with(Pairs.class, pairs -> pairs.list(scene.watching(), Optional.empty(), Optional.empty(), Optional.of(wrong)))).field());
        }
    }

    /** More than anybody reads at once, and it is said. */
    @Test
    void whatIsLeftOffIsSaid() {
        LoanScene scene = new LoanScene("FLAG");
        String inn = scene.aBorrower();
        List<Wish> wishes = new ArrayList<>();
        for (int i = 0; i < 202; i++) {
            wishes.add(asInAFile(scene.application(inn)));
        }
        UUID one = scene.application.with(Placing.class, placing -> placing.place(wishes, scene.placer(), scene.application.clock().instant())).get(0).loan().orElseThrow();
        Twins twins = scene.application.with(Loans.class, loans -> loans.duplicates(one, scene.watching()));
        assertEquals("200 true", twins.told().size() + " " + twins.more());
    }

    @Test
    void aRegulatorWhoLooksAtDuplicatesReadsTheirCardsAndThatIsRecorded() {
        LoanScene first = new LoanScene("FLAG");
        String inn = first.aBorrower();
        LoanView one = first.form(first.application(inn));
        LoanView other = first.anotherBank().form(first.application(inn));
        duplicates(first, one, first.watching());
        List<EntryView> entries = first.application.with(Receipts.class, receipts -> receipts.about(one.loan().id(), first.contour));
        assertTrue(entries.stream().anyMatch(entry -> entry.isOf("loans.card_read") && first.application.<Receipts, Boolean>with(Receipts.class, receipts -> receipts.tells(entry, "twins", other.loan().id().toString()))));
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
