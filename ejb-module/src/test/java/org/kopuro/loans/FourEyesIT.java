package org.kopuro.loans;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.kopuro.loans.LifeOfALoanIT.assertRefused;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.kopuro.kernel.Actor;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.testing.Rows;

/** A bank that wants four eyes: what its operator decides waits for its controller. */
class FourEyesIT {

    private final LoanScene scene = new LoanScene("FLAG");
    private final Placer controller = Placer.api(scene.bank, scene.contour, Actor.of(UUID.randomUUID(), "BANK_CONTROLLER"));
    private LoanView formed;

    @BeforeEach
    void turnOn() {
        formed = scene.form(scene.application(scene.aBorrower()));
        scene.application.run(Confirmations.class, confirmations -> confirmations.turn(scene.bank, scene.contour, true, "As our rules say.", Actor.of(UUID.randomUUID(), "NODE_ADMINISTRATOR")));
    }

    @Test
    void aDecisionWaitsAndIsTheControllersWhenConfirmed() {
        assertRefused(LoanRefusal.CONFIRMATION_NEEDED, () -> scene.apply(formed, LoanEvent.APPROVE, LoanScene.approval()));
        ProposalView waiting = propose(LoanEvent.APPROVE, LoanScene.approval());
        assertEquals(List.of(waiting), scene.application.with(Confirmations.class, confirmations -> confirmations.waiting(scene.bank, scene.contour)));
        assertEquals(LoanStatus.FORMED, scene.get(formed.loan().id()).loan().status());
        scene.application.run(Confirmations.class, confirmations -> confirmations.confirm(waiting.id(), controller));
        Loan approved = scene.get(formed.loan().id()).loan();
        assertEquals("APPROVED BANK_CONTROLLER", approved.status() + " " + approved.last().actor().role());
        assertEquals(LoanScene.approval().get(LoanField.APPROVED), approved.stated().get(LoanField.APPROVED));
        assertRefused(LoanRefusal.PROPOSAL_DECIDED, () -> scene.application.with(Confirmations.class, confirmations -> confirmations.confirm(waiting.id(), controller)));
    }

    @Test
    void whoeverProposedDoesNotConfirmWhateverHisRoles() {
        ProposalView waiting = propose(LoanEvent.REJECT, LoanScene.rejection());
        Placer himself = Placer.api(scene.bank, scene.contour, Actor.of(scene.operator.account().orElseThrow(), "BANK_CONTROLLER"));
        assertRefused(LoanRefusal.OWN_PROPOSAL, () -> scene.application.with(Confirmations.class, confirmations -> confirmations.confirm(waiting.id(), himself)));
        assertThrows(IllegalStateException.class, () -> Rows.change("update loans.proposal set outcome = 'CONFIRMED', decided_at = now(), decided_by = proposed_by where id = ?", waiting.id()));
        Placer stranger = Placer.api(scene.anotherBank().bank, scene.contour, controller.actor());
        assertRefused(InputRefusal.NOT_FOUND, () -> scene.application.with(Confirmations.class, confirmations -> confirmations.confirm(waiting.id(), stranger)));
    }

    @Test
    void whatHasChangedMeanwhileIsNotConfirmedAndMayBeRejected() {
        ProposalView waiting = propose(LoanEvent.APPROVE, LoanScene.approval());
        assertRefused(LoanRefusal.PROPOSAL_WAITS, () -> propose(LoanEvent.REJECT, LoanScene.rejection()));
        scene.apply(formed, LoanEvent.EDIT, LoanScene.stating(LoanField.REQUESTED, 950_000_00L));
        assertRefused(LoanRefusal.VERSION_CONFLICT, () -> scene.application.with(Confirmations.class, confirmations -> confirmations.confirm(waiting.id(), controller)));
        scene.application.run(Confirmations.class, confirmations -> confirmations.reject(waiting.id(), "Outdated.", controller));
        assertEquals(List.of(), scene.application.with(Confirmations.class, confirmations -> confirmations.waiting(scene.bank, scene.contour)));
    }

    @Test
    void aProposalThatWouldBeRefusedIsRefusedAtOnce() {
        assertRefused(InputRefusal.TRANSITION_NOT_ALLOWED, () -> propose(LoanEvent.CONTRACT, LoanScene.contract()));
        assertRefused(InputRefusal.FIELD_MISSING, () -> propose(LoanEvent.APPROVE, Map.of()));
    }

    @Test
    void anApprovedLoanIsEnteredByTheConfirmation() {
        Map<LoanField, Object> stated = scene.application(scene.aBorrower());
        stated.putAll(LoanScene.approval());
        stated.putAll(LoanScene.contract());
        stated.put(LoanField.ISSUES, LoanScene.sums("2026-02-17", 100L));
        ProposalView waiting = scene.application.with(Confirmations.class, confirmations -> confirmations.propose(Wish.enter(LoanEvent.ENTER, stated, Optional.empty()), scene.placer()));
        Judgement entered = scene.application.with(Confirmations.class, confirmations -> confirmations.confirm(waiting.id(), controller));
        assertEquals(100L, scene.get(entered.loan().orElseThrow()).loan().issued());
    }

    @Test
    void aNewLoanIsProposedOnceForEachKey() {
        Map<LoanField, Object> stated = scene.application(scene.aBorrower());
        stated.putAll(LoanScene.approval());
        Wish wish = Wish.enter(LoanEvent.ENTER, stated, Optional.empty());
        byte[] other = new byte[32];
        other[0] = 1;
        ProposalView first = scene.application.with(Confirmations.class, confirmations -> confirmations.propose(wish, scene.placer(), new RequestKey("k", new byte[32])));
        ProposalView again = scene.application.with(Confirmations.class, confirmations -> confirmations.propose(wish, scene.placer(), new RequestKey("k", new byte[32])));
        assertEquals(first.id(), again.id());
        assertRefused(LoanRefusal.KEY_USED_OTHERWISE, () -> scene.application.with(Confirmations.class, confirmations -> confirmations.propose(wish, scene.placer(), new RequestKey("k", other))));
    }

    private ProposalView propose(LoanEvent event, Map<LoanField, Object> stated) {
        return scene.application.with(Confirmations.class, confirmations -> confirmations.propose(Wish.change(formed.loan().id(), event, stated, 1, Optional.empty()), scene.placer()));
    }
}
