package org.kopuro.loans;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.kopuro.loans.LifeOfALoanIT.assertRefused;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.kopuro.kernel.Actor;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Refusal;
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
        assertEquals(List.of(waiting), scene.application.with(Confirmations.class, confirmations -> confirmations.waiting(Optional.of(scene.bank), scene.contour)));
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
        Refusal stale = assertRefused(LoanRefusal.VERSION_CONFLICT, () -> scene.application.with(Confirmations.class, confirmations -> confirmations.confirm(waiting.id(), controller)));
        assertEquals(List.of("2", "requested"), stale.arguments());
        assertEquals(List.of("2", "requested"), assertRefused(LoanRefusal.VERSION_CONFLICT, () -> scene.application.with(Confirmations.class, confirmations -> confirmations.propose(
                Wish.change(formed.loan().id(), LoanEvent.APPROVE, LoanScene.approval(), 1, Optional.empty()), scene.placer()))).arguments());
        scene.application.run(Confirmations.class, confirmations -> confirmations.reject(waiting.id(), "Outdated.", controller));
        ProposalView.Decision decided = decided(waiting, Optional.of(scene.bank));
        assertEquals("REJECTED Optional[Outdated.] " + controller.actor().account().orElseThrow(), decided.outcome() + " " + decided.remark() + " " + decided.by());
        assertEquals(decided, decided(waiting, Optional.empty()), "for an auditor, too");
        assertRefused(InputRefusal.NOT_FOUND, () -> decided(waiting, Optional.of(scene.anotherBank().bank)));
        assertEquals(List.of(), scene.application.with(Confirmations.class, confirmations -> confirmations.waiting(Optional.of(scene.bank), scene.contour)));
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
        assertEquals(entered.loan(), decided(waiting, Optional.of(scene.bank)).made());
    }

    /** Else what the controller confirmed could be changed behind his back. */
    @Test
    void whatWasConfirmedIsChangedByAProposalOnly() {
        Wish edit = scene.application.with(Loans.class, loans -> loans.editing(formed.loan().id(), 1, LoanScene.stating(LoanField.REQUESTED, 950_000_00L), Set.of(), Optional.empty(), scene.placer()));
        scene.application.run(Loans.class, loans -> loans.change(edit, scene.placer()));
        ProposalView waiting = scene.application.with(Confirmations.class,
                confirmations -> confirmations.propose(Wish.change(formed.loan().id(), LoanEvent.APPROVE, LoanScene.approval(), 2, Optional.empty()), scene.placer()));
        scene.application.run(Confirmations.class, confirmations -> confirmations.confirm(waiting.id(), controller));
        Wish behind = scene.application.with(Loans.class, loans -> loans.editing(formed.loan().id(), 3, LoanScene.stating(LoanField.APPROVED, 1L), Set.of(), Optional.empty(), scene.placer()));
        assertRefused(LoanRefusal.CONFIRMATION_NEEDED, () -> scene.application.with(Loans.class, loans -> loans.change(behind, scene.placer())));
        ProposalView again = scene.application.with(Confirmations.class, confirmations -> confirmations.propose(behind, scene.placer()));
        scene.application.run(Confirmations.class, confirmations -> confirmations.confirm(again.id(), controller));
        assertEquals(1L, scene.get(formed.loan().id()).loan().stated().get(LoanField.APPROVED));
    }

    /** Else one pair of eyes undid what two had decided. */
    @Test
    void whatWasConfirmedIsWithdrawnByAProposalOnly() {
        ProposalView waiting = propose(LoanEvent.APPROVE, LoanScene.approval());
        scene.application.run(Confirmations.class, confirmations -> confirmations.confirm(waiting.id(), controller));
        UUID id = formed.loan().id();
        assertRefused(LoanRefusal.CONFIRMATION_NEEDED, () -> scene.application.with(Loans.class, loans -> loans.reenter(id, 2, "x", Map.of(), scene.placer())));
        Wish withdrawing = Wish.change(id, LoanEvent.WITHDRAW, Map.of(), 2, Optional.of("The borrower has asked."));
        assertRefused(LoanRefusal.CONFIRMATION_NEEDED, () -> scene.application.with(Loans.class, loans -> loans.change(withdrawing, scene.placer())));
        ProposalView ending = scene.application.with(Confirmations.class, confirmations -> confirmations.propose(withdrawing, scene.placer()));
        scene.application.run(Confirmations.class, confirmations -> confirmations.confirm(ending.id(), controller));
        assertEquals(LoanStatus.WITHDRAWN, scene.get(id).loan().status());
        LoanView another = scene.form(scene.application(scene.aBorrower()));
        assertEquals(LoanStatus.WITHDRAWN, scene.apply(another, LoanEvent.WITHDRAW, Map.of()).loan().status(), "what nobody has decided is the operator's own");
    }

    private ProposalView.Decision decided(ProposalView proposal, Optional<UUID> bank) {
        return scene.application.with(Confirmations.class, confirmations -> confirmations.get(proposal.id(), bank, scene.contour)).decided().orElseThrow();
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
