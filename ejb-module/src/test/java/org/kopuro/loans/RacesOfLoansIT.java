package org.kopuro.loans;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.kopuro.kernel.Actor;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.Refusal;
import org.kopuro.loans.programmes.DuplicatePolicy;
import org.kopuro.loans.programmes.ProgrammeChange;
import org.kopuro.loans.programmes.ProgrammeChanges;
import org.kopuro.testing.Rows;
import org.kopuro.testing.Scene;
import org.kopuro.testing.TestApplication;

/** What is asked for at the same instant: of each thing that can be done once, one does it, and the others are told so (LOAN-31, LOAN-32, LOAN-F14, LOAN-41, LOAN-43). */
class RacesOfLoansIT {

    private static final int THREADS = 20;
    private static final Actor OWNER = Actor.of(UUID.randomUUID(), "METHODOLOGY_OWNER");

    private interface Doing {
        String by(int number);
    }

    /** What each was answered; whoever was refused, by which code. */
    private static List<String> atOnce(int threads, Doing doing) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            CyclicBarrier together = new CyclicBarrier(threads);
            List<Callable<String>> calls = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                int number = i;
                calls.add(() -> {
                    together.await();
                    return answer(() -> doing.by(number));
                });
            }
            List<String> answers = new ArrayList<>();
            for (Future<String> one : pool.invokeAll(calls)) {
                answers.add(one.get());
            }
            return answers;
        } finally {
            pool.shutdownNow();
        }
    }

    private static String answer(Supplier<String> doing) {
        try {
            return doing.get();
        } catch (Refusal refusal) {
            return refusal.code().name();
        }
    }

    private static Map<String, Long> counted(List<String> answers) {
        Map<String, Long> counted = new TreeMap<>();
        answers.forEach(answer -> counted.merge(answer, 1L, Long::sum));
        return counted;
    }

    @Test
    void oneVersionIsChangedByOne() throws Exception {
        LoanScene scene = new LoanScene("FLAG");
        LoanView formed = scene.form(scene.application(scene.aBorrower()));
        List<String> answers = atOnce(THREADS, i -> String.valueOf(scene.apply(formed, LoanEvent.EDIT, LoanScene.stating(LoanField.REQUESTED, 2_000_000_00L + i)).loan().version()));
        assertEquals(Map.of("2", 1L, "VERSION_CONFLICT", THREADS - 1L), counted(answers));
        Loan loan = scene.get(formed.loan().id()).loan();
        assertEquals(2_000_000_00L + answers.indexOf("2"), loan.stated().get(LoanField.REQUESTED), "it is what the one who was told so has stated");
        assertEquals(List.of("2"), Rows.of("select count(*)::text from loans.loan_version where loan_id = ?", loan.id()));
    }

    @Test
    void oneKeyEntersOneLoanAndAllAreAnsweredWithIt() throws Exception {
        LoanScene scene = new LoanScene("FLAG");
        Wish wish = Wish.enter(LoanEvent.FORM, scene.application(scene.aBorrower()), Optional.empty());
        List<String> answers = atOnce(THREADS, i -> {
            Loan loan = scene.application.with(Loans.class, loans -> loans.enter(wish, scene.placer(), new RequestKey("one", new byte[32]))).loan();
            return loan.id() + " " + loan.version();
        });
        assertEquals(1, Set.copyOf(answers).size(), answers::toString);
        assertEquals(List.of("1"), Rows.of("select count(*)::text from loans.loan where bank_id = ?", scene.bank));
    }

    @Test
    void oneKeyWithTwoBodiesEntersOneOfThem() throws Exception {
        LoanScene scene = new LoanScene("FLAG");
        List<Wish> wishes = List.of(Wish.enter(LoanEvent.FORM, scene.application(scene.aBorrower()), Optional.empty()), Wish.enter(LoanEvent.FORM, scene.application(scene.aBorrower()), Optional.empty()));
        List<String> answers = atOnce(THREADS, i -> {
            byte[] body = new byte[32];
            body[0] = (byte) (i % 2);
            return scene.application.with(Loans.class, loans -> loans.enter(wishes.get(i % 2), scene.placer(), new RequestKey("one", body))).loan().id().toString();
        });
        assertEquals(2, Set.copyOf(answers).size(), answers::toString);
        assertEquals(THREADS / 2, Collections.frequency(answers, "KEY_USED_OTHERWISE"));
        assertEquals(List.of("1"), Rows.of("select count(*)::text from loans.loan where bank_id = ?", scene.bank));
    }

    @Test
    void oneKeyMakesOneProposalWhereTheBankWantsFourEyes() throws Exception {
        LoanScene scene = new LoanScene("FLAG");
        scene.application.run(Confirmations.class, confirmations -> confirmations.turn(scene.bank, scene.contour, true, "As our rules say.", Actor.of(UUID.randomUUID(), "NODE_ADMINISTRATOR")));
        Map<LoanField, Object> stated = scene.application(scene.aBorrower());
        stated.putAll(LoanScene.approval());
        Wish wish = Wish.enter(LoanEvent.ENTER, stated, Optional.empty());
        List<String> answers = atOnce(THREADS, i -> scene.application.with(Confirmations.class, confirmations -> confirmations.propose(wish, scene.placer(), new RequestKey("one", new byte[32]))).id().toString());
        assertEquals(1, Set.copyOf(answers).size(), answers::toString);
        assertEquals(List.of("1"), Rows.of("select count(*)::text from loans.proposal where bank_id = ?", scene.bank));
    }

    @Test
    void oneProposalIsDecidedOnce() throws Exception {
        LoanScene scene = new LoanScene("FLAG");
        LoanView formed = scene.form(scene.application(scene.aBorrower()));
        scene.application.run(Confirmations.class, confirmations -> confirmations.turn(scene.bank, scene.contour, true, "As our rules say.", Actor.of(UUID.randomUUID(), "NODE_ADMINISTRATOR")));
        ProposalView waiting = scene.application.with(Confirmations.class,
                confirmations -> confirmations.propose(Wish.change(formed.loan().id(), LoanEvent.APPROVE, LoanScene.approval(), 1, Optional.empty()), scene.placer()));
        List<String> answers = atOnce(THREADS, i -> scene.application.with(Confirmations.class, confirmations -> {
            Placer controller = Placer.api(scene.bank, scene.contour, Actor.of(UUID.randomUUID(), "BANK_CONTROLLER"));
            if (i % 2 == 0) {
                return "CONFIRMED " + confirmations.confirm(waiting.id(), controller).version();
            }
            confirmations.reject(waiting.id(), "No.", controller);
            return "REJECTED";
        }));
        assertEquals(THREADS - 1, Collections.frequency(answers, "PROPOSAL_DECIDED"), answers::toString);
        assertEquals(answers.contains("CONFIRMED 2") ? LoanStatus.APPROVED : LoanStatus.FORMED, scene.get(formed.loan().id()).loan().status());
    }

    @Test
    void oneApplicationNumberIsTakenOnce() throws Exception {
        LoanScene scene = new LoanScene("FLAG");
        List<String> inns = IntStream.range(0, THREADS).mapToObj(i -> scene.aBorrower()).toList();
        List<String> answers = atOnce(THREADS, i -> {
            Map<LoanField, Object> stated = scene.application(inns.get(i));
            stated.put(LoanField.APPLICATION_NUMBER, "A-1");
            return scene.form(stated).loan().status().name();
        });
        assertEquals(Map.of("FORMED", 1L, "APPLICATION_NUMBER_TAKEN", THREADS - 1L), counted(answers));
        assertEquals(List.of("1"), Rows.of("select sum(active)::text from loans.applicant where programme = ?", scene.programme), "who was refused is counted nowhere");
    }

    /** Whichever comes first: either the policy does not change, or no borrower has two. Nobody fails. */
    @Test
    void aPolicyThatChangesAmidEntriesHoldsOrIsRefused() throws Exception {
        Set<String> seen = new TreeSet<>();
        for (int round = 0; round < 12; round++) {
            LoanScene scene = new LoanScene("FLAG");
            LoanScene other = scene.anotherBank();
            List<String> inns = List.of(scene.aBorrower(), scene.aBorrower(), scene.aBorrower());
            // With some loans there already there is something to wait for.
            scene.form(scene.application(inns.get(0)));
            int entries = 6;
            int delay = round;
            List<String> answers = atOnce(entries + 1, i -> {
                if (i < entries) {
                    LoanScene bank = i % 2 == 0 ? scene : other;
                    return bank.form(bank.application(inns.get(i % inns.size()))).loan().status().name();
                }
                pause(delay * 3L);
                return change(scene, DuplicatePolicy.BLOCK);
            });
            seen.addAll(answers);
            String policy = Rows.of("select duplicate_policy from loans.programme where code = ?", scene.programme).get(0);
            assertEquals(answers.get(entries).equals("BLOCK") ? "BLOCK" : "FLAG", policy, answers::toString);
            List<String> active = Rows.of("select count(*)::text from loans.loan where programme = ? and status in ('FORMED', 'APPROVED') group by inn", scene.programme);
            assertTrue(policy.equals("FLAG") || active.stream().allMatch("1"::equals), () -> policy + " " + active + " " + answers);
            assertEquals(active.stream().mapToInt(Integer::parseInt).sum() - 1, answers.stream().filter("FORMED"::equals).count(), "what was said to be entered is");
            assertEquals(Rows.of("select coalesce(sum(active), 0)::text from loans.applicant where programme = ?", scene.programme), List.of(String.valueOf(active.stream().mapToInt(Integer::parseInt).sum())));
        }
        assertTrue(Set.of("FORMED", "BLOCK", "DUPLICATES_THERE_ALREADY", "DUPLICATE_BLOCKED", "BUSY", "PROGRAMME_BUSY").containsAll(seen), seen::toString);
        assertTrue(seen.contains("FORMED") && (seen.contains("BLOCK") || seen.contains("DUPLICATES_THERE_ALREADY")), seen::toString);
    }

    private static String change(LoanScene scene, DuplicatePolicy policy) {
        UUID proposed = proposed(scene, policy);
        return scene.application.with(ProgrammeChanges.class, changes -> changes.approve(scene.programme, proposed, Contour.PRODUCTION, OWNER)).change().duplicatePolicy().orElseThrow().name();
    }

    private static UUID proposed(LoanScene scene, DuplicatePolicy policy) {
        ProgrammeChange change = new ProgrammeChange(Optional.of(policy), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
        return scene.application.with(ProgrammeChanges.class, changes -> changes.propose(scene.programme, change, "The decree says so.", Contour.PRODUCTION, Scene.OFFICIAL)).id();
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** An entry that is under way is as good as one that is there. */
    @Test
    void aPolicyWaitsForTheEntryThatIsUnderWay() throws Exception {
        LoanScene scene = new LoanScene("FLAG");
        String inn = scene.aBorrower();
        scene.form(scene.application(inn));
        TestApplication.Open<LoanView> second = scene.application.begin(Loans.class,
                loans -> loans.enter(Wish.enter(LoanEvent.FORM, scene.application(inn), Optional.empty()), scene.placer(), new RequestKey("second", new byte[32])));
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try {
            Future<String> changed = thread.submit(() -> answer(() -> change(scene, DuplicatePolicy.BLOCK)));
            pause(300);
            assertTrue(!changed.isDone());
            second.commit();
            assertEquals("DUPLICATES_THERE_ALREADY", changed.get());
        } finally {
            thread.shutdownNow();
        }
    }

    /** And one that comes while the policy changes is judged by what it changes to. */
    @Test
    void anEntryThatMeetsAChangingPolicyComesAgain() throws Exception {
        LoanScene scene = new LoanScene("FLAG");
        String inn = scene.aBorrower();
        UUID proposed = proposed(scene, DuplicatePolicy.BLOCK);
        TestApplication.Open<?> changing = scene.application.begin(ProgrammeChanges.class, changes -> changes.approve(scene.programme, proposed, Contour.PRODUCTION, OWNER));
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try {
            Future<String> entered = thread.submit(() -> answer(() -> scene.form(scene.application(inn)).loan().status().name()));
            pause(300);
            assertTrue(!entered.isDone());
            changing.commit();
            assertEquals("BUSY", entered.get());
        } finally {
            thread.shutdownNow();
        }
        scene.form(scene.application(inn));
        assertEquals("DUPLICATE_BLOCKED", answer(() -> scene.form(scene.application(inn)).toString()));
    }

    /** Whoever meets somebody who does not end is told to come again, not kept waiting: of a loan, of a borrower, of a key, of a proposal, and of a programme's policy. */
    @Test
    void whoeverWaitsTooLongIsToldToComeAgain() throws Exception {
        LoanScene scene = new LoanScene("BLOCK");
        LoanView held = scene.form(scene.application(scene.aBorrower()));
        LoanView proposedOf = scene.form(scene.application(scene.aBorrower()));
        String inn = scene.aBorrower();
        Wish entering = Wish.enter(LoanEvent.FORM, scene.application(inn), Optional.empty());
        LoanScene other = scene.anotherBank();
        LoanScene eyes = scene.anotherBank();
        LoanView formed = eyes.form(eyes.application(scene.aBorrower()));
        eyes.application.run(Confirmations.class, confirmations -> confirmations.turn(eyes.bank, eyes.contour, true, "As our rules say.", Actor.of(UUID.randomUUID(), "NODE_ADMINISTRATOR")));
        ProposalView waiting = eyes.application.with(Confirmations.class,
                confirmations -> confirmations.propose(Wish.change(formed.loan().id(), LoanEvent.APPROVE, LoanScene.approval(), 1, Optional.empty()), eyes.placer()));
        Placer controller = Placer.api(eyes.bank, eyes.contour, Actor.of(UUID.randomUUID(), "BANK_CONTROLLER"));
        List<TestApplication.Open<?>> open = List.of(
                scene.application.begin(Loans.class, loans -> loans.change(Wish.change(held.loan().id(), LoanEvent.EDIT, LoanScene.stating(LoanField.REQUESTED, 1L), 1, Optional.empty()), scene.placer())),
                scene.application.begin(Loans.class, loans -> loans.enter(entering, scene.placer(), new RequestKey("held", new byte[32]))),
                eyes.application.begin(Confirmations.class, confirmations -> confirmations.confirm(waiting.id(), controller)));
        try {
            List<String> answers = atOnce(5, i -> switch (i) {
                case 0 -> scene.apply(held, LoanEvent.APPROVE, LoanScene.approval()).toString();
                case 1 -> other.form(other.application(inn)).toString();
                case 2 -> scene.application.with(Loans.class, loans -> loans.enter(entering, scene.placer(), new RequestKey("held", new byte[32]))).toString();
                case 3 -> eyes.application.with(Confirmations.class, confirmations -> confirmations.confirm(waiting.id(), controller)).toString();
                default -> change(scene, DuplicatePolicy.FLAG);
            });
            assertEquals(List.of("BUSY", "BUSY", "BUSY", "BUSY", "PROGRAMME_BUSY"), answers);
            assertEquals("APPROVED", scene.apply(proposedOf, LoanEvent.APPROVE, LoanScene.approval()).loan().status().name(), "and nobody else waits");
        } finally {
            open.forEach(one -> {
                one.entities().getTransaction().rollback();
                one.entities().close();
            });
        }
        assertEquals(2, scene.apply(held, LoanEvent.APPROVE, LoanScene.approval()).loan().version());
    }
}
