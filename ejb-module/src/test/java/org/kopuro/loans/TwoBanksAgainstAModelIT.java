package org.kopuro.loans;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.kopuro.kernel.Refusal;
import org.kopuro.loans.LoanEvent.Milestone;
import org.kopuro.testing.Rows;

/**
 * Two banks and their regulator do at random what they do, two things at every instant, with borrowers that the banks share, and often both with one loan. What each is answered is what a model in memory
 * answers when one goes before the other, one way or the other way around; and afterwards the register says what the model says.
 */
class TwoBanksAgainstAModelIT {

    private static final int ROUNDS = 150;
    /** Until all that can be answered was answered: what comes of a seed hangs on who was first. */
    private static final int ROUNDS_MAX = 1500;
    private static final int BORROWERS = 4;
    /** Loans that a bank works on at a time. */
    private static final int SLOTS = 6;
    private static final long CONTRACT_SUM = 900_000_00L;

    /** What is done. The requirements' table is written down here once more: where it is allowed. */
    private enum Act {
        FORM(), ENTER(), ENTER_CONTRACT(), EDIT(Milestone.FORMED, Milestone.APPROVED, Milestone.REJECTED), APPROVE(Milestone.FORMED), REJECT(Milestone.FORMED),
        WITHDRAW(Milestone.FORMED, Milestone.APPROVED, Milestone.REJECTED), WITHDRAW_BY_REGULATOR(Milestone.FORMED, Milestone.APPROVED, Milestone.REJECTED), CONTRACT(Milestone.APPROVED),
        ISSUE(Milestone.CONTRACTED), CORRECT_NUMBER(Milestone.CONTRACTED), CORRECT_SUM(Milestone.CONTRACTED), CORRECT_INN(Milestone.CONTRACTED),
        RECHECK(Milestone.FORMED, Milestone.APPROVED, Milestone.CONTRACTED), REPORT_ERROR(Milestone.CONTRACTED), CONFIRM_ERROR(Milestone.CONTRACTED);

        private final Set<Milestone> from;

        Act(Milestone... from) {
            this.from = Set.of(from);
        }

        boolean enters() {
            return from.isEmpty();
        }

        /** Whether it is of one transaction that holds the loan from its beginning: only then one of two is before the other in all that it sees. */
        boolean holds() {
            return this != REPORT_ERROR && this != CONFIRM_ERROR;
        }
    }

    /**
     * @param slot    a loan of the bank's own, by number
     * @param version that was read; of a loan that is entered none
     * @param kopecks issued, or of the corrected contract
     */
    private record Step(int bank, Act act, int slot, int version, String inn, long kopecks) {
        String key() {
            return bank + "/" + slot;
        }
    }

    /**
     * A loan in the model.
     *
     * @param reported the version that the bank has reported as entered in error, or 0
     */
    private record Known(String inn, Milestone at, int version, long contractSum, List<Long> issues, boolean everIssued, int reported) {

        boolean counted() {
            return at == Milestone.FORMED || at == Milestone.APPROVED || at == Milestone.CONTRACTED;
        }

        long issued() {
            return issues.stream().mapToLong(kopecks -> kopecks).sum();
        }

        Known next(Milestone milestone) {
            return new Known(inn, milestone, version + 1, milestone == Milestone.CONTRACTED && at != Milestone.CONTRACTED ? CONTRACT_SUM : contractSum, issues, everIssued, reported);
        }

        /** What the register has of it, but for what only the model remembers. */
        List<Object> told() {
            return List.of(inn, at, version, contractSum, issued());
        }
    }

    /** What is known of both banks' loans, by bank and slot. */
    private static final class Model {
        private final boolean blocking;
        private final Map<String, Known> loans;

        Model(boolean blocking, Map<String, Known> loans) {
            this.blocking = blocking;
            this.loans = new HashMap<>(loans);
        }

        String apply(Step step) {
            if (step.act().enters()) {
                if (blocking && active(step.inn(), step.key()) > 0) {
                    return "DUPLICATE_BLOCKED";
                }
                Milestone at = step.act() == Act.FORM ? Milestone.FORMED : step.act() == Act.ENTER ? Milestone.APPROVED : Milestone.CONTRACTED;
                loans.put(step.key(), new Known(step.inn(), at, 1, at == Milestone.CONTRACTED ? CONTRACT_SUM : 0, List.of(), false, 0));
                return "1";
            }
            Known known = loans.get(step.key());
            if (step.act() == Act.CONFIRM_ERROR && known.reported() != known.version()) {
                return "ERROR_NOT_REPORTED";
            }
            if (step.version() != known.version()) {
                return "VERSION_CONFLICT";
            }
            if (!step.act().from.contains(known.at())) {
                return "TRANSITION_NOT_ALLOWED";
            }
            return switch (step.act()) {
                case APPROVE -> put(step, known.next(Milestone.APPROVED));
                case REJECT -> put(step, known.next(Milestone.REJECTED));
                case WITHDRAW, WITHDRAW_BY_REGULATOR, CONFIRM_ERROR -> put(step, known.next(Milestone.WITHDRAWN));
                case CONTRACT -> put(step, known.next(Milestone.CONTRACTED));
                case RECHECK, CORRECT_NUMBER -> put(step, known.next(known.at()));
                case CORRECT_INN -> "FIELD_LOCKED";
                case EDIT -> edit(step, known);
                case ISSUE -> issue(step, known);
                case CORRECT_SUM -> correctSum(step, known);
                case REPORT_ERROR -> report(step, known);
                case FORM, ENTER, ENTER_CONTRACT -> throw new IllegalStateException(step.toString());
            };
        }

        private String put(Step step, Known next) {
            loans.put(step.key(), next);
            return String.valueOf(next.version());
        }

        private String edit(Step step, Known known) {
            if (step.inn().equals(known.inn())) {
                return String.valueOf(known.version());
            }
            if (blocking && known.counted() && active(step.inn(), step.key()) > 0) {
                return "DUPLICATE_BLOCKED";
            }
            return put(step, new Known(step.inn(), known.at(), known.version() + 1, 0, known.issues(), known.everIssued(), known.reported()));
        }

        private String issue(Step step, Known known) {
            if (known.issued() + step.kopecks() > known.contractSum()) {
                return "ISSUED_ABOVE_CONTRACT";
            }
            List<Long> issues = new ArrayList<>(known.issues());
            issues.add(step.kopecks());
            return put(step, new Known(known.inn(), known.at(), known.version() + 1, known.contractSum(), issues, true, known.reported()));
        }

        private String correctSum(Step step, Known known) {
            if (step.kopecks() == known.contractSum()) {
                return String.valueOf(known.version());
            }
            if (step.kopecks() < known.issued()) {
                return "ISSUED_ABOVE_CONTRACT";
            }
            return put(step, new Known(known.inn(), known.at(), known.version() + 1, step.kopecks(), known.issues(), known.everIssued(), known.reported()));
        }

        private String report(Step step, Known known) {
            if (known.everIssued()) {
                return "TRANSITION_NOT_ALLOWED";
            }
            if (known.reported() == known.version()) {
                return "ERROR_REPORTED";
            }
            loans.put(step.key(), new Known(known.inn(), known.at(), known.version(), known.contractSum(), known.issues(), false, known.version()));
            return String.valueOf(known.version());
        }

        private long active(String inn, String besides) {
            return loans.entrySet().stream().filter(entry -> !entry.getKey().equals(besides) && entry.getValue().counted() && entry.getValue().inn().equals(inn)).count();
        }
    }

    /** The banks, the ids of their loans by slot, and what the regulator has found of pairs. */
    private static final class Register {
        private final LoanScene[] banks;
        private final Map<String, UUID> ids = Collections.synchronizedMap(new HashMap<>());
        private final Map<Set<String>, DuplicateReview.Outcome> reviews = new HashMap<>();

        Register(LoanScene first) {
            banks = new LoanScene[] {first, first.anotherBank()};
        }

        /** The version afterwards. */
        String done(Step step) {
            LoanScene bank = banks[step.bank()];
            if (step.act().enters()) {
                Map<LoanField, Object> stated = bank.application(step.inn());
                if (step.act() != Act.FORM) {
                    stated.putAll(LoanScene.approval());
                }
                if (step.act() == Act.ENTER_CONTRACT) {
                    stated.putAll(LoanScene.contract());
                }
                LoanView entered = bank.enter(step.act() == Act.FORM ? LoanEvent.FORM : LoanEvent.ENTER, stated);
                ids.put(step.key(), entered.loan().id());
                return String.valueOf(entered.loan().version());
            }
            UUID id = ids.get(step.key());
            LoanView view = bank.application.with(Loans.class, loans -> switch (step.act()) {
                case WITHDRAW_BY_REGULATOR -> loans.withdraw(id, step.version(), "at random", bank.watching());
                case ISSUE -> loans.record(id, step.version(), LoanScene.sums("2026-02-17", step.kopecks()), List.of(), bank.placer());
                case REPORT_ERROR -> loans.reportError(id, step.version(), "at random", bank.placer());
                case CONFIRM_ERROR -> loans.confirmError(id, step.version(), bank.watching());
                default -> loans.change(Wish.change(id, event(step.act()), stated(step), step.version(), Optional.of("at random")), bank.placer());
            });
            return String.valueOf(view.loan().version());
        }

        private static LoanEvent event(Act act) {
            return switch (act) {
                case CORRECT_NUMBER, CORRECT_SUM, CORRECT_INN -> LoanEvent.CORRECT;
                default -> LoanEvent.valueOf(act.name());
            };
        }

        private static Map<LoanField, Object> stated(Step step) {
            return switch (step.act()) {
                case APPROVE -> LoanScene.approval();
                case REJECT -> LoanScene.rejection();
                case CONTRACT -> LoanScene.contract();
                case EDIT, CORRECT_INN -> LoanScene.stating(LoanField.INN, step.inn());
                case CORRECT_NUMBER -> LoanScene.stating(LoanField.CONTRACT_NUMBER, "K-" + UUID.randomUUID());
                case CORRECT_SUM -> LoanScene.stating(LoanField.CONTRACT_SUM, step.kopecks());
                default -> new EnumMap<>(LoanField.class);
            };
        }

        /** The regulator looks at two that are active with one key. */
        void review(Random random, Model model) {
            List<String> pair = model.loans.entrySet().stream().filter(one -> one.getValue().counted() && model.active(one.getValue().inn(), one.getKey()) > 0).map(Map.Entry::getKey).sorted().toList();
            if (pair.isEmpty()) {
                return;
            }
            String one = pair.get(random.nextInt(pair.size()));
            List<String> others = pair.stream().filter(other -> !other.equals(one) && model.loans.get(other).inn().equals(model.loans.get(one).inn())).toList();
            String other = others.get(random.nextInt(others.size()));
            DuplicateReview.Outcome outcome = DuplicateReview.Outcome.values()[random.nextInt(DuplicateReview.Outcome.values().length)];
            banks[0].application.run(Loans.class, loans -> loans.review(ids.get(one), ids.get(other), outcome, "at random", banks[0].watching()));
            reviews.put(Set.of(one, other), outcome);
        }

        /** What becomes of a review when its pair goes to another borrower is another test's: here who was reviewed stays. */
        Step keepingReviewed(Step step, Model model) {
            return step.act() == Act.EDIT && reviews.keySet().stream().anyMatch(pair -> pair.contains(step.key()))
                    ? new Step(step.bank(), step.act(), step.slot(), step.version(), model.loans.get(step.key()).inn(), step.kopecks()) : step;
        }

        boolean flagged(String key, Model model) {
            Known known = model.loans.get(key);
            return known.counted() && model.loans.entrySet().stream().anyMatch(other -> !other.getKey().equals(key) && other.getValue().counted() && other.getValue().inn().equals(known.inn())
                    && reviews.get(Set.of(key, other.getKey())) != DuplicateReview.Outcome.DIFFERENT_LOAN);
        }
    }

    @ParameterizedTest(name = "{0}, seed {1}")
    @CsvSource({"BLOCK,1", "BLOCK,2", "BLOCK,3", "FLAG,4", "FLAG,5"})
    void whateverTheyDoIsAnsweredAsIfOneHadGoneBeforeTheOther(String policy, long seed) throws Exception {
        LoanScene scene = new LoanScene(policy);
        Register register = new Register(scene);
        Random random = new Random(seed);
        List<String> inns = new ArrayList<>();
        for (int i = 0; i < BORROWERS; i++) {
            inns.add(scene.aBorrower());
        }
        Set<String> everybody = new HashSet<>(inns);
        Model model = new Model(policy.equals("BLOCK"), Map.of());
        Set<String> seen = new TreeSet<>();
        Set<String> expected = answers(policy);
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            for (int round = 0; round < ROUNDS || round < ROUNDS_MAX && !seen.equals(expected); round++) {
                anotherBorrower(random, model, inns, scene);
                everybody.addAll(inns);
                Step one = register.keepingReviewed(step(random, 0, model, inns), model);
                Step drawn = random.nextInt(3) == 0 && !one.act().enters() && one.act().holds() ? sameLoan(random, one, model, inns) : step(random, 1, model, inns);
                Step other = register.keepingReviewed(drawn, model);
                Model before = model;
                Future<String> firstAnswer = threads.submit(() -> register.done(one));
                Future<String> secondAnswer = threads.submit(() -> register.done(other));
                String first = answer(firstAnswer);
                String second = answer(secondAnswer);
                String answers = first + " " + second;
                Model thisWay = new Model(before.blocking, before.loans);
                String inOrder = thisWay.apply(one) + " " + thisWay.apply(other);
                Model otherWay = new Model(before.blocking, before.loans);
                String late = otherWay.apply(other);
                String reversed = otherWay.apply(one) + " " + late;
                assertTrue(answers.equals(inOrder) || answers.equals(reversed), () -> one + " and " + other + ": " + answers + ", not " + inOrder + " nor " + reversed);
                model = answers.equals(inOrder) ? thisWay : otherWay;
                seen.add(Character.isDigit(first.charAt(0)) ? one.act().name() : first);
                seen.add(Character.isDigit(second.charAt(0)) ? other.act().name() : second);
                if (!one.act().enters() && one.key().equals(other.key()) && Character.isDigit(first.charAt(0)) != Character.isDigit(second.charAt(0))) {
                    seen.add("one of two");
                }
                if (random.nextInt(4) == 0) {
                    register.review(random, model);
                }
            }
        } finally {
            threads.shutdownNow();
        }
        compare(register, model);
        for (String inn : everybody) {
            assertEquals(List.of(String.valueOf(model.active(inn, ""))),
                    Rows.of("select coalesce(sum(active), 0)::text from loans.applicant where inn = ? and programme = ?", inn, scene.programme), "the counts are those of the loans");
        }
        assertEquals(expected, seen, "all that can be answered was answered");
        assertTrue(model.blocking || register.reviews.size() > 3, "pairs are reviewed");
    }

    /** All that can be answered, and that of two with one loan one comes too late. */
    private static Set<String> answers(String policy) {
        Set<String> answers = new TreeSet<>(List.of("VERSION_CONFLICT", "TRANSITION_NOT_ALLOWED", "ISSUED_ABOVE_CONTRACT", "FIELD_LOCKED", "ERROR_NOT_REPORTED", "ERROR_REPORTED", "one of two"));
        Stream.of(Act.values()).filter(act -> act != Act.CORRECT_INN).map(Act::name).forEach(answers::add);
        if (policy.equals("BLOCK")) {
            answers.add("DUPLICATE_BLOCKED");
        }
        return answers;
    }

    /** In place of one who has a loan for good. */
    private static void anotherBorrower(Random random, Model model, List<String> inns, LoanScene scene) {
        int one = random.nextInt(inns.size());
        if (model.loans.values().stream().anyMatch(loan -> loan.everIssued() && loan.inn().equals(inns.get(one))) && random.nextInt(5) == 0) {
            inns.set(one, scene.aBorrower());
        }
    }

    private static void compare(Register register, Model model) {
        for (Map.Entry<String, Known> entry : model.loans.entrySet()) {
            LoanView view = register.banks[entry.getKey().charAt(0) - '0'].get(register.ids.get(entry.getKey()));
            Loan loan = view.loan();
            assertEquals(entry.getValue().told(), List.of(loan.inn(), loan.milestone(), loan.version(), loan.stated().getOrDefault(LoanField.CONTRACT_SUM, 0L), loan.issued()), entry.getKey());
            assertEquals(register.flagged(entry.getKey(), model), view.duplicate(), () -> "the flag of " + entry);
            assertEquals(List.of(String.valueOf(loan.version())), Rows.of("select count(*)::text from loans.loan_version where loan_id = ?", loan.id()), "each version is kept");
        }
    }

    /** Of a bank's newest loans, or a new one: it follows one that has come to its end. */
    private static Step step(Random random, int bank, Model model, List<String> inns) {
        int loans = (int) model.loans.keySet().stream().filter(key -> key.startsWith(bank + "/")).count();
        int slot = Math.max(0, loans - SLOTS) + random.nextInt(SLOTS);
        String inn = inns.get(random.nextInt(inns.size()));
        Known known = model.loans.get(bank + "/" + slot);
        if (known == null || known.at() == Milestone.WITHDRAWN && random.nextBoolean() || known.at() == Milestone.CONTRACTED && known.everIssued() && random.nextInt(6) == 0) {
            return new Step(bank, List.of(Act.FORM, Act.FORM, Act.ENTER, Act.ENTER_CONTRACT).get(random.nextInt(4)), loans, 0, inn, 0);
        }
        return step(random, bank, slot, known, inn);
    }

    private static Step sameLoan(Random random, Step one, Model model, List<String> inns) {
        Step other;
        do {
            other = step(random, one.bank(), one.slot(), model.loans.get(one.key()), inns.get(random.nextInt(inns.size())));
        } while (!other.act().holds());
        return other;
    }

    /** Mostly what is possible, and mostly with the newest version. */
    private static Step step(Random random, int bank, int slot, Known known, String inn) {
        boolean possible = random.nextInt(4) > 0;
        List<Act> acts = Stream.of(Act.values()).filter(act -> !act.enters() && (!possible || act.from.contains(known.at()))).toList();
        Act act = acts.isEmpty() ? Act.EDIT : acts.get(random.nextInt(acts.size()));
        if (known.reported() == known.version() && random.nextBoolean()) {
            act = random.nextInt(3) == 0 ? Act.REPORT_ERROR : Act.CONFIRM_ERROR;
        }
        long kopecks = act == Act.ISSUE ? 1 + random.nextInt(50_000_000) : 30_000_000L + random.nextInt(3) * 30_000_000L;
        return new Step(bank, act, slot, known.version() + (random.nextInt(8) > 0 ? 0 : 1), inn, kopecks);
    }

    private static String answer(Future<String> answer) throws Exception {
        try {
            return answer.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Refusal refusal) {
                return refusal.code().name();
            }
            throw e;
        }
    }
}
