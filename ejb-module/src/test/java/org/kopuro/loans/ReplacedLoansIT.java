package org.kopuro.loans;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.kopuro.loans.LifeOfALoanIT.assertRefused;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.kopuro.kernel.Actor;
import org.kopuro.kernel.Refusal;
import org.kopuro.testing.Rows;
import org.kopuro.testing.TestProgrammes;

/** A new loan says which withdrawn one it follows: one of the same borrower and programme, and each is followed once (LOAN-36, LOAN-38). */
class ReplacedLoansIT {

    private final LoanScene scene = new LoanScene("FLAG");
    private final String inn = scene.aBorrower();
    private final Loan old = scene.apply(scene.form(scene.application(inn)), LoanEvent.WITHDRAW, Map.of()).loan();

    private LoanView enter(LoanEvent event, Map<LoanField, Object> stated) {
        return scene.application.with(Loans.class, loans -> loans.enter(wish(event, stated), scene.placer(), new RequestKey(UUID.randomUUID().toString(), new byte[32])));
    }

    private Wish wish(LoanEvent event, Map<LoanField, Object> stated) {
        return Wish.enter(event, stated, Optional.of(old.id()));
    }

    @Test
    void isOfTheSameBorrowerAndProgramme() {
        assertEquals("replaces", assertRefused(LoanRefusal.REPLACES_ANOTHER, () -> enter(LoanEvent.FORM, scene.application(scene.aBorrower()))).field());
        String elsewhere = TestProgrammes.programme("FLAG");
        TestProgrammes.accredit(scene.bank, scene.contour, elsewhere, LocalDate.of(2020, 1, 1));
        Map<LoanField, Object> another = scene.application(inn);
        another.put(LoanField.PROGRAMME, elsewhere);
        assertRefused(LoanRefusal.REPLACES_ANOTHER, () -> enter(LoanEvent.FORM, another));
        assertEquals(Optional.of(old.id()), enter(LoanEvent.FORM, scene.application(inn)).loan().replaces());
    }

    @Test
    void isReplacedByOneOfManyAtOneInstant() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(10);
        List<String> answers = new ArrayList<>();
        try {
            List<Callable<String>> calls = Collections.nCopies(10, () -> {
                try {
                    return enter(LoanEvent.FORM, scene.application(inn)).loan().status().name();
                } catch (Refusal refusal) {
                    return refusal.code().name();
                }
            });
            for (Future<String> one : threads.invokeAll(calls)) {
                answers.add(one.get());
            }
        } finally {
            threads.shutdownNow();
        }
        assertEquals(1, Collections.frequency(answers, "FORMED"), answers::toString);
        assertEquals(9, Collections.frequency(answers, "REPLACES_ANOTHER"), answers::toString);
        assertEquals(List.of("1"), Rows.of("select count(*)::text from loans.loan where replaces = ?", old.id()));
    }

    /** Where the bank wants four eyes, two proposals may both wait; one of them is confirmed. */
    @Test
    void isReplacedOnceByProposalsToo() {
        scene.application.run(Confirmations.class, confirmations -> confirmations.turn(scene.bank, scene.contour, true, "As our rules say.", Actor.of(UUID.randomUUID(), "NODE_ADMINISTRATOR")));
        Map<LoanField, Object> stated = scene.application(scene.aBorrower());
        stated.putAll(LoanScene.approval());
        assertRefused(LoanRefusal.REPLACES_ANOTHER, () -> propose(stated));
        UUID first = propose(approved()).id();
        UUID second = propose(approved()).id();
        Placer controller = Placer.api(scene.bank, scene.contour, Actor.of(UUID.randomUUID(), "BANK_CONTROLLER"));
        scene.application.run(Confirmations.class, confirmations -> confirmations.confirm(first, controller));
        assertRefused(LoanRefusal.REPLACES_ANOTHER, () -> scene.application.with(Confirmations.class, confirmations -> confirmations.confirm(second, controller)));
    }

    private Map<LoanField, Object> approved() {
        Map<LoanField, Object> stated = scene.application(inn);
        stated.putAll(LoanScene.approval());
        return stated;
    }

    private ProposalView propose(Map<LoanField, Object> stated) {
        return scene.application.with(Confirmations.class, confirmations -> confirmations.propose(wish(LoanEvent.ENTER, stated), scene.placer(), new RequestKey(UUID.randomUUID().toString(), new byte[32])));
    }
}
