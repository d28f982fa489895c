package org.kopuro.loans;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.kopuro.kernel.Actor;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.Input;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Refusal;
import org.kopuro.ledger.Ledger;
import org.kopuro.ledger.LedgerEvent;

/**
 * Four eyes within a bank, where it wants them: decisions and contracts wait until the bank's controller, who is not who proposed them, confirms. What has changed meanwhile refuses the confirmation as it
 * would have refused the change.
 */
@Stateless
public class Confirmations {

    /** What waits for a controller. */
    private static final Set<LoanEvent> CONFIRMED = Set.of(LoanEvent.ENTER, LoanEvent.APPROVE, LoanEvent.REJECT, LoanEvent.CONTRACT, LoanEvent.CORRECT);
    /** Names of roles, as accounts are another capability: who confirms, and whoever acts for the regulator. */
    private static final Set<String> CONTROLLERS = Set.of("BANK_CONTROLLER", "REGULATOR");
    private static final int WAITING_MAX = 1000;

    @Inject
    private ProposalStore store;
    @Inject
    private CardStore cards;
    @Inject
    private Replacing replacing;
    @Inject
    private Placing placing;
    @Inject
    private Ledger ledger;
    @Inject
    private Clock clock;

    /** Whether the bank has turned four eyes on. */
    public boolean wanted(UUID bank, Contour contour) {
        return store.wanted(bank, contour);
    }

    /** Whether this waits for a controller when this one wants it: decisions and contracts, and whatever changes or ends them. An application without a decision is the operator's own. */
    public boolean waits(Wish wish, Placer placer) {
        LoanEvent event = wish.event().orElseThrow();
        boolean decided = CONFIRMED.contains(event)
                || (event == LoanEvent.EDIT || event == LoanEvent.WITHDRAW) && cards.find(wish.loan().orElseThrow(), placer.contour()).filter(loan -> loan.status() != LoanStatus.FORMED).isPresent();
        return decided && !CONTROLLERS.contains(placer.actor().role()) && wanted(placer.bank(), placer.contour());
    }

    /** What was proposed under the key, whether it still waits or not. */
    public Optional<ProposalView> answered(Placer placer, RequestKey key) {
        return store.answered(placer.bank(), placer.contour(), key);
    }

    /** Refuses a key under which the same bank has proposed something. */
    public void requireNotProposed(Placer placer, RequestKey key) {
        if (answered(placer, key).isPresent()) {
            throw Refusal.of(LoanRefusal.PROPOSAL_WAITS, "Idempotency-Key");
        }
    }

    /** Turned on and off by the bank's node administrator. */
    public boolean turn(UUID bank, Contour contour, boolean wanted, String reason, Actor by) {
        String text = Input.text(reason, "reason", 1000);
        Instant at = clock.instant();
        store.want(bank, contour, wanted, text, at, by);
        ledger.record(LedgerEvent.itself("loans.four_eyes_turned", 2, Optional.of(contour), "four_eyes", UUID.randomUUID(), at).with("actorRole", by.role()).personal("bank", bank)
                .personal("wanted", wanted ? 1 : 0).personal("actor", by.account()).personal("reason", text));
        return wanted;
    }

    /** Takes a new loan for a controller, once for each key of the bank's. */
    public ProposalView propose(Wish wish, Placer placer, RequestKey key) {
        cards.holdKey(placer.bank(), placer.contour(), key.key());
        Optional<ProposalView> first = answered(placer, key);
        if (first.isPresent()) {
            return first.get();
        }
        if (cards.answered(placer.bank(), placer.contour(), key.key(), key.bodySha256()).isPresent()) {
            // It was entered at this instant, before four eyes were turned on: who comes again is answered as the first time.
            throw Refusal.of(LoanRefusal.BUSY);
        }
        replacing.require(wish, placer);
        return propose(wish, placer, Optional.of(key));
    }

    /** Takes the wish for a controller; refuses what would be refused now. */
    public ProposalView propose(Wish wish, Placer placer) {
        return propose(wish, placer, Optional.empty());
    }

    private ProposalView propose(Wish wish, Placer placer, Optional<RequestKey> key) {
        Instant at = clock.instant();
        placing.rehearse(List.of(wish), placer, at).get(0).sayings().stream().filter(Saying::refuses).findFirst().ifPresent(saying -> {
            throw cards.refusal(saying, wish, placer.contour());
        });
        UUID id = UUID.randomUUID();
        store.add(id, wish, placer, key, at);
        tell("loans.change_proposed", id, wish, placer, at, Optional.empty());
        return store.find(id, Optional.of(placer.bank()), placer.contour()).orElseThrow();
    }

    private void tell(String type, UUID id, Wish wish, Placer placer, Instant at, Optional<ProposalView.Outcome> outcome) {
        ledger.record(LedgerEvent.of(type, 2, placer.contour(), "proposal", id, at).with("actorRole", placer.actor().role()).personal("bank", placer.bank())
                .personal("event", wish.event().orElseThrow()).personal("loan", wish.loan()).personal("outcome", outcome).personal("actor", placer.actor().account()));
    }

    /**
     * What waits, the oldest first.
     *
     * @param bank empty for whoever reads every bank's
     */
    public List<ProposalView> waiting(Optional<UUID> bank, Contour contour) {
        return store.waiting(bank, contour, WAITING_MAX);
    }

    /** One that waits or is decided: whoever proposed it reads there what became of it, and why. */
    public ProposalView get(UUID proposal, Optional<UUID> bank, Contour contour) {
        return store.find(proposal, bank, contour).orElseThrow(() -> Refusal.of(InputRefusal.NOT_FOUND, "proposal"));
    }

    /** @param controller of the same bank, not the one who proposed it */
    public Judgement confirm(UUID proposal, Placer controller) {
        ProposalView waiting = waiting(proposal, controller);
        if (controller.actor().account().equals(Optional.of(waiting.proposedBy()))) {
            throw Refusal.of(LoanRefusal.OWN_PROPOSAL, "proposal");
        }
        Instant at = clock.instant();
        replacing.require(waiting.wish(), controller);
        Judgement judgement = placing.place(List.of(waiting.wish()), controller, at).get(0);
        judgement.sayings().stream().filter(Saying::refuses).findFirst().ifPresent(saying -> {
            throw cards.refusal(saying, waiting.wish(), controller.contour());
        });
        store.decide(proposal, ProposalView.Outcome.CONFIRMED, Optional.empty(), waiting.loan().isPresent() ? Optional.empty() : judgement.loan(), at, controller.actor());
        tell("loans.proposal_decided", proposal, waiting.wish(), controller, at, Optional.of(ProposalView.Outcome.CONFIRMED));
        return judgement;
    }

    public void reject(UUID proposal, String remark, Placer controller) {
        String text = Input.text(remark, "reason", 1000);
        ProposalView waiting = waiting(proposal, controller);
        Instant at = clock.instant();
        store.decide(proposal, ProposalView.Outcome.REJECTED, Optional.of(text), Optional.empty(), at, controller.actor());
        tell("loans.proposal_decided", proposal, waiting.wish(), controller, at, Optional.of(ProposalView.Outcome.REJECTED));
    }

    private ProposalView waiting(UUID proposal, Placer controller) {
        ProposalView found = store.hold(proposal, controller.bank(), controller.contour()).orElseThrow(() -> Refusal.of(InputRefusal.NOT_FOUND, "proposal"));
        if (found.decided().isPresent()) {
            throw Refusal.of(LoanRefusal.PROPOSAL_DECIDED, "proposal");
        }
        return found;
    }
}
