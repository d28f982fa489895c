package org.kopuro.loans;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.kopuro.kernel.Refusal;
import org.kopuro.testing.Rows;

/**
 * Two banks do at random what banks do, both at every instant, with borrowers that they share. What each is answered is what a model in memory answers when one goes before the other, one way or the
 * other way around; and afterwards the register says what the model says.
 */
class TwoBanksAgainstAModelIT {

    private static final int ROUNDS = 120;
    private static final int BORROWERS = 4;
    private static final int SLOTS = 6;

    /** What a bank does: a loan of its own by slot, a borrower, and whether it has read the newest version. */
    private record Step(int bank, LoanEvent event, int slot, String inn, boolean fresh) {
    }

    /** A loan in the model. */
    private record Known(String inn, LoanEvent.Milestone at, int version, boolean issued) {
        boolean counted() {
            return at == LoanEvent.Milestone.FORMED || at == LoanEvent.Milestone.APPROVED || at == LoanEvent.Milestone.CONTRACTED;
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
            String key = step.bank() + "/" + step.slot();
            Known known = loans.get(key);
            if (step.event() == LoanEvent.FORM) {
                if (blocking && active(step.inn(), key) > 0) {
                    return "DUPLICATE_BLOCKED";
                }
                loans.put(key, new Known(step.inn(), LoanEvent.Milestone.FORMED, 1, false));
                return "1";
            }
            if (!step.fresh()) {
                return "VERSION_CONFLICT";
            }
            if (!step.event().possible(known.at())) {
                return "TRANSITION_NOT_ALLOWED";
            }
            Known next = switch (step.event()) {
                case APPROVE -> new Known(known.inn(), LoanEvent.Milestone.APPROVED, known.version() + 1, false);
                case REJECT -> new Known(known.inn(), LoanEvent.Milestone.REJECTED, known.version() + 1, false);
                case WITHDRAW -> new Known(known.inn(), LoanEvent.Milestone.WITHDRAWN, known.version() + 1, false);
                case CONTRACT -> new Known(known.inn(), LoanEvent.Milestone.CONTRACTED, known.version() + 1, false);
                case RECORD -> new Known(known.inn(), known.at(), known.issued() ? known.version() : known.version() + 1, true);
                case EDIT -> new Known(step.inn(), known.at(), step.inn().equals(known.inn()) ? known.version() : known.version() + 1, false);
                default -> throw new IllegalStateException(step.toString());
            };
            if (blocking && next.counted() && !next.inn().equals(known.inn()) && active(next.inn(), key) > 0) {
                return "DUPLICATE_BLOCKED";
            }
            loans.put(key, next);
            return String.valueOf(next.version());
        }

        private long active(String inn, String besides) {
            return loans.entrySet().stream().filter(entry -> !entry.getKey().equals(besides) && entry.getValue().counted() && entry.getValue().inn().equals(inn)).count();
        }
    }

    @ParameterizedTest(name = "{0}, seed {1}")
    @CsvSource({"BLOCK,1", "BLOCK,2", "BLOCK,3", "FLAG,4", "FLAG,5"})
    void whateverTheyDoIsAnsweredAsIfOneHadGoneBeforeTheOther(String policy, long seed) throws Exception {
        LoanScene first = new LoanScene(policy);
        LoanScene[] banks = {first, first.anotherBank()};
        Random random = new Random(seed);
        List<String> inns = new ArrayList<>();
        for (int i = 0; i < BORROWERS; i++) {
            inns.add(first.aBorrower());
        }
        Model model = new Model(policy.equals("BLOCK"), Map.of());
        Map<String, UUID> ids = new HashMap<>();
        Set<String> seen = new HashSet<>();
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            for (int round = 0; round < ROUNDS; round++) {
                Step one = step(random, 0, model, inns);
                Step other = step(random, 1, model, inns);
                Model before = model;
                Future<String> firstAnswer = threads.submit(() -> done(banks[0], one, before, ids));
                Future<String> secondAnswer = threads.submit(() -> done(banks[1], other, before, ids));
                String answers = answer(firstAnswer, one, ids) + " " + answer(secondAnswer, other, ids);
                Model thisWay = new Model(before.blocking, before.loans);
                String inOrder = thisWay.apply(one) + " " + thisWay.apply(other);
                Model otherWay = new Model(before.blocking, before.loans);
                String second = otherWay.apply(other);
                String reversed = otherWay.apply(one) + " " + second;
                assertTrue(answers.equals(inOrder) || answers.equals(reversed), () -> one + " and " + other + ": " + answers + ", not " + inOrder + " nor " + reversed);
                model = answers.equals(inOrder) ? thisWay : otherWay;
                seen.addAll(List.of(answers.split(" ")));
            }
        } finally {
            threads.shutdownNow();
        }
        for (Map.Entry<String, Known> entry : model.loans.entrySet()) {
            Loan loan = banks[entry.getKey().charAt(0) - '0'].get(ids.get(entry.getKey())).loan();
            assertEquals(entry.getValue(), new Known(loan.inn(), loan.milestone(), loan.version(), loan.issued() > 0), entry.getKey());
        }
        for (String inn : inns) {
            assertEquals(List.of(String.valueOf(model.active(inn, ""))),
                    Rows.of("select coalesce(sum(active), 0)::text from loans.applicant where inn = ? and programme = ?", inn, first.programme), "the counts are those of the loans");
        }
        assertTrue(seen.contains("VERSION_CONFLICT") && seen.contains("TRANSITION_NOT_ALLOWED") && seen.contains("DUPLICATE_BLOCKED") == model.blocking, seen::toString);
    }

    private static Step step(Random random, int bank, Model model, List<String> inns) {
        int slot = random.nextInt(SLOTS);
        Known known = model.loans.get(bank + "/" + slot);
        String inn = inns.get(random.nextInt(inns.size()));
        // A slot begins anew when its loan has come to its end.
        if (known == null || known.at() == LoanEvent.Milestone.WITHDRAWN && random.nextBoolean() || known.at() == LoanEvent.Milestone.CONTRACTED && random.nextInt(4) == 0) {
            return new Step(bank, LoanEvent.FORM, known == null ? slot : fresh(model, bank), inn, true);
        }
        LoanEvent[] events = {LoanEvent.EDIT, LoanEvent.APPROVE, LoanEvent.REJECT, LoanEvent.WITHDRAW, LoanEvent.CONTRACT, LoanEvent.RECORD};
        return new Step(bank, events[random.nextInt(events.length)], slot, inn, random.nextInt(6) > 0);
    }

    private static int fresh(Model model, int bank) {
        int slot = SLOTS;
        while (model.loans.containsKey(bank + "/" + slot)) {
            slot++;
        }
        return slot;
    }

    /** The new version, after the id where it is a new loan. */
    private static String done(LoanScene bank, Step step, Model model, Map<String, UUID> ids) {
        String key = step.bank() + "/" + step.slot();
        if (step.event() == LoanEvent.FORM) {
            return "new " + bank.form(bank.application(step.inn())).loan().id();
        }
        int version = model.loans.get(key).version() + (step.fresh() ? 0 : 1);
        Map<LoanField, Object> stated = switch (step.event()) {
            case APPROVE -> LoanScene.approval();
            case REJECT -> LoanScene.rejection();
            case CONTRACT -> LoanScene.contract();
            case EDIT -> LoanScene.stating(LoanField.INN, step.inn());
            case RECORD -> LoanScene.stating(LoanField.ISSUES, LoanScene.sums("2026-02-17", 1_00L));
            default -> Map.of();
        };
        UUID id;
        synchronized (ids) {
            id = ids.get(key);
        }
        return String.valueOf(bank.application.with(Loans.class, loans -> loans.change(Wish.change(id, step.event(), stated, version, Optional.of("at random")), bank.placer())).loan().version());
    }

    private static String answer(Future<String> answer, Step step, Map<String, UUID> ids) throws Exception {
        try {
            String told = answer.get();
            if (told.startsWith("new ")) {
                synchronized (ids) {
                    ids.put(step.bank() + "/" + step.slot(), UUID.fromString(told.substring(4)));
                }
                return "1";
            }
            return told;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Refusal refusal) {
                return refusal.code().name();
            }
            throw e;
        }
    }
}
