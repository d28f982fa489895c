package org.kopuro.loans.programmes;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.kopuro.installation.Installation;
import org.kopuro.kernel.Actor;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.FourEyes;
import org.kopuro.kernel.Input;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Refusal;
import org.kopuro.ledger.Ledger;
import org.kopuro.ledger.LedgerEvent;

/** Has rules proposed by one and decided by the methodology's owner, who is another one (LOAN-80, 002 §8). */
@Stateless
public class RuleSets {

    private static final int TEXT_MAX = 1000;
    private static final int VERSIONS_MAX = 1000;

    @Inject
    private ProgrammeStore store;
    @Inject
    private Installation installation;
    @Inject
    private Ledger ledger;
    @Inject
    private Clock clock;

    /** All versions of a programme, of each stage the newest first. */
    public List<RuleSetView> of(String programme) {
        store.find(programme).orElseThrow(() -> Refusal.of(InputRefusal.NOT_FOUND, "programme"));
        return store.ruleSets(programme, VERSIONS_MAX);
    }

    public RuleSetView get(String programme, UUID id) {
        return store.ruleSet(programme, id).orElseThrow(() -> Refusal.of(InputRefusal.NOT_FOUND, "ruleSet"));
    }

    /**
     * Proposes the next version of a stage's rules; one at a time for each stage.
     *
     * @param rules whose version does not count
     */
    public RuleSetView propose(RuleSet rules, String source, String reason, Contour contour, Actor by) {
        installation.requireForBoth(contour, ProgrammeRefusal.PROGRAMMES_NOT_OF_THIS_CONTOUR);
        RuleLimits.require(rules);
        Instant at = clock.instant();
        UUID id = store.propose(rules, Input.text(source, "source", TEXT_MAX), Input.text(reason, "reason", TEXT_MAX), at, by);
        RuleSetView proposed = get(rules.programme(), id);
        ledger.record(event("loans.rule_set_proposed", proposed, at, by));
        return proposed;
    }

    /** The proposal holds from now on, and is never changed. */
    public RuleSetView approve(String programme, UUID id, Contour contour, Actor by) {
        return decide(programme, id, RuleSetView.Outcome.APPROVED, Optional.empty(), contour, by);
    }

    public RuleSetView reject(String programme, UUID id, String remark, Contour contour, Actor by) {
        return decide(programme, id, RuleSetView.Outcome.REJECTED, Optional.of(Input.text(remark, "remark", TEXT_MAX)), contour, by);
    }

    private RuleSetView decide(String programme, UUID id, RuleSetView.Outcome outcome, Optional<String> remark, Contour contour, Actor by) {
        installation.requireForBoth(contour, ProgrammeRefusal.PROGRAMMES_NOT_OF_THIS_CONTOUR);
        RuleSetView proposal = FourEyes.undecided(Optional.of(get(programme, id)), RuleSetView::outcome, outcome.name());
        if (outcome == RuleSetView.Outcome.APPROVED && proposal.proposedBy().isPresent()) {
            FourEyes.another(proposal.proposedBy().get(), by, ProgrammeRefusal.RULE_SET_OWN_PROPOSAL);
        }
        Instant at = clock.instant();
        store.decide(id, outcome, remark, at, by);
        LedgerEvent event = event("loans.rule_set_decided", proposal, at, by).with("outcome", outcome);
        remark.ifPresent(text -> event.personal("remark", text));
        ledger.record(event);
        return get(programme, id);
    }

    private static LedgerEvent event(String type, RuleSetView of, Instant at, Actor by) {
        return LedgerEvent.of(type, 1, "rule_set", of.id(), at).with("programme", of.rules().programme()).with("stage", of.rules().stage()).with("version", of.rules().version())
                .with("actor", by.account()).with("actorRole", by.role());
    }
}
