package org.kopuro.access.procedures;

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

/**
 * Publishes versions by four eyes (ACC-2): one official proposes, another approves. Procedures are of both contours, so that only officials of PRODUCTION do
 * it where the installation has that.
 */
@Stateless
public class ProcedureProposals {

    @Inject
    private ProcedureStore store;
    @Inject
    private Installation installation;
    @Inject
    private Ledger ledger;
    @Inject
    private Clock clock;

    /**
     * Proposes the version that the document describes; what would stop its publication stops the proposal.
     *
     * @param code the procedure, as the address names it
     */
    public ProcedureProposal propose(String code, String document, String reason, Contour contour, Actor by) {
        requireContour(contour);
        Procedure wanted = ProcedureDocument.read(document);
        if (!wanted.code().equals(code)) {
            throw Refusal.of(InputRefusal.FIELD_INVALID, "code");
        }
        Instant at = clock.instant();
        ProcedureProposal proposal = new ProcedureProposal(UUID.randomUUID(), wanted.code(), wanted.version(), ProcedureDocument.write(wanted), Input.text(reason, "reason", 1000),
                by.account().orElseThrow(), at, Optional.empty(), Optional.empty());
        // First the proposal, then the procedure, as whoever approves.
        store.add(proposal);
        store.requireFits(wanted, at);
        tell(proposal, "PROPOSED", by, proposal.reason());
        return proposal;
    }

    /** Publishes what another official proposed; refused where it no longer fits. */
    public Procedure approve(UUID id, Contour contour, Actor by) {
        requireContour(contour);
        ProcedureProposal proposal = forChange(id, "APPROVE");
        UUID account = FourEyes.another(proposal.proposedBy(), by, ProcedureRefusal.PROCEDURE_OWN_PROPOSAL);
        store.decide(proposal, ProcedureProposal.Outcome.APPROVED, Optional.empty(), account, clock.instant());
        ledger.record(store.publish(ProcedureDocument.read(proposal.document()), clock.instant(), by));
        tell(proposal, ProcedureProposal.Outcome.APPROVED.name(), by, "-");
        return store.rows().version(proposal.procedure(), proposal.version()).orElseThrow();
    }

    /** Rejects what another proposed, or takes back one's own. */
    public void reject(UUID id, Contour contour, String remark, Actor by) {
        requireContour(contour);
        ProcedureProposal proposal = forChange(id, "REJECT");
        String text = Input.text(remark, "remark", 1000);
        store.decide(proposal, ProcedureProposal.Outcome.REJECTED, Optional.of(text), by.account().orElseThrow(), clock.instant());
        tell(proposal, ProcedureProposal.Outcome.REJECTED.name(), by, text);
    }

    /** What waits for a decision, the oldest first. */
    public List<ProcedureProposal> open() {
        return store.openProposals();
    }

    private ProcedureProposal forChange(UUID id, String event) {
        return FourEyes.undecided(store.proposalForChange(id), ProcedureProposal::outcome, event);
    }

    private void requireContour(Contour contour) {
        installation.requireForBoth(contour, ProcedureRefusal.PROCEDURE_NOT_OF_THIS_CONTOUR);
    }

    private void tell(ProcedureProposal proposal, String event, Actor by, String reason) {
        ledger.record(LedgerEvent.of("access.procedure_proposal_changed", 1, "procedure_proposal", proposal.id(), clock.instant()).with("event", event)
                .with("procedure", proposal.procedure()).with("version", proposal.version()).with("actor", by.account()).with("actorRole", by.role()).personal("reason", reason));
    }
}
