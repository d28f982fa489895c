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
import org.kopuro.loans.programmes.RuleSetView.Outcome;

/** Has changes of programmes proposed by one and decided by the methodology's owner, who is another one: what becomes of duplicates, who watches, when it ends (LOAN-10, LOAN-41, LOAN-80). */
@Stateless
public class ProgrammeChanges {

    private static final int TEXT_MAX = 1000;
    private static final int LISTED_MAX = 1000;

    @Inject
    private ProgrammeChangeStore store;
    @Inject
    private ProgrammeStore programmes;
    @Inject
    private Installation installation;
    @Inject
    private Ledger ledger;
    @Inject
    private Clock clock;

    /** Of a programme, the newest first. */
    public List<ProgrammeChangeView> of(String programme) {
        programmes.idOf(programme);
        return store.of(programme, LISTED_MAX);
    }

    /** One waits at a time for each programme. */
    public ProgrammeChangeView propose(String programme, ProgrammeChange change, String reason, Contour contour, Actor by) {
        installation.requireForBoth(contour, ProgrammeRefusal.PROGRAMMES_NOT_OF_THIS_CONTOUR);
        Programme now = programmes.find(programme).orElseThrow(() -> Refusal.of(InputRefusal.NOT_FOUND, "programme"));
        RuleLimits.require(RuleLimits.ordered(Optional.of(now.activeFrom()), change.activeTo()), "activeTo");
        String why = Input.text(reason, "reason", TEXT_MAX);
        Instant at = clock.instant();
        UUID id = store.add(programme, change, why, at, by);
        ProgrammeChangeView proposed = get(programme, id);
        ledger.record(event("loans.programme_change_proposed", proposed, at, by).with("duplicatePolicy", change.duplicatePolicy()).with("regulator", change.regulator()).with("sector", change.sector())
                .with("entryPoint", change.entryPoint()).with("activeTo", change.activeTo()).personal("reason", why));
        return proposed;
    }

    /** The programme is so from now on; BLOCK is refused where any applicant has more than one active loan in either contour. */
    public ProgrammeChangeView approve(String programme, UUID id, Contour contour, Actor by) {
        return decide(programme, id, Outcome.APPROVED, Optional.empty(), contour, by);
    }

    public ProgrammeChangeView reject(String programme, UUID id, String remark, Contour contour, Actor by) {
        return decide(programme, id, Outcome.REJECTED, Optional.of(Input.text(remark, "remark", TEXT_MAX)), contour, by);
    }

    private ProgrammeChangeView decide(String programme, UUID id, Outcome outcome, Optional<String> remark, Contour contour, Actor by) {
        installation.requireForBoth(contour, ProgrammeRefusal.PROGRAMMES_NOT_OF_THIS_CONTOUR);
        ProgrammeChangeView proposal = FourEyes.undecided(Optional.of(get(programme, id)), ProgrammeChangeView::outcome, outcome.name());
        if (outcome == Outcome.APPROVED) {
            FourEyes.another(proposal.proposedBy(), by, ProgrammeRefusal.RULE_SET_OWN_PROPOSAL);
        }
        Instant at = clock.instant();
        store.decide(id, outcome, remark, at, by);
        if (outcome == Outcome.APPROVED) {
            store.apply(id);
        }
        ledger.record(event("loans.programme_change_decided", proposal, at, by).with("outcome", outcome).personal("remark", remark));
        return get(programme, id);
    }

    private ProgrammeChangeView get(String programme, UUID id) {
        return store.find(programme, id).orElseThrow(() -> Refusal.of(InputRefusal.NOT_FOUND, "change"));
    }

    private static LedgerEvent event(String type, ProgrammeChangeView of, Instant at, Actor by) {
        return LedgerEvent.of(type, 1, "programme_change", of.id(), at).with("programme", of.programme()).with("actor", by.account()).with("actorRole", by.role());
    }
}
