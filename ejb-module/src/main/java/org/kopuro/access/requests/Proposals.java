package org.kopuro.access.requests;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.kopuro.access.ConnectionChange;
import org.kopuro.access.ConnectionEvent;
import org.kopuro.access.ConnectionId;
import org.kopuro.access.Connections;
import org.kopuro.access.agreements.AgreementId;
import org.kopuro.access.agreements.AgreementView;
import org.kopuro.access.agreements.Agreements;
import org.kopuro.access.procedures.RequestKind;
import org.kopuro.kernel.Actor;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.Input;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Refusal;
import org.kopuro.ledger.Ledger;
import org.kopuro.ledger.LedgerEvent;
import org.kopuro.participants.Participants;
import org.kopuro.participants.SubsystemId;

/**
 * Four eyes (ACC-2): access to PRODUCTION, forced disconnection, liquidation and termination are proposed by one official and decided by another. The
 * database refuses such an event without an approval of somebody else.
 */
@Stateless
public class Proposals {

    private static final Set<ConnectionEvent> MEASURES = EnumSet.of(ConnectionEvent.FORCE_DISCONNECTION, ConnectionEvent.ANNOUNCE_TERMINATION, ConnectionEvent.LIQUIDATE);

    private static final String ADMIT = "ADMIT";
    private static final String APPROVER = "APPROVER";

    @Inject
    private ProposalStore store;
    @Inject
    private Requests requests;
    @Inject
    private Connections connections;
    @Inject
    private Agreements agreements;
    @Inject
    private Decisions decisions;
    @Inject
    private Participants participants;
    @Inject
    private Ledger ledger;
    @Inject
    private Clock clock;

    /** Also of a CHANGE that gives PRODUCTION to more than has it. */
    static boolean needed(RequestView request) {
        return request.contour() == Contour.PRODUCTION && (request.kind() == RequestKind.CONNECT || request.kind() == RequestKind.CHANGE && !request.addedServices().isEmpty());
    }

    /** Proposes to grant a request; what would stop the grant stops the proposal. */
    public ProposalView proposeGrant(RequestId id, Contour contour, String reason, Actor by) {
        RequestView request = requests.requireGrantable(id, contour);
        if (!needed(request)) {
            throw Refusal.of(InputRefusal.TRANSITION_NOT_ALLOWED, "event", request.kind(), RequestEvent.GRANT);
        }
        return add(new ProposalView(UUID.randomUUID(), Optional.of(id), Optional.empty(), Optional.empty(), Optional.empty(), RequestEvent.GRANT.name(), Optional.empty(), Optional.empty(),
                Input.text(reason, "reason", 1000), by.account().orElseThrow(), by.role(), clock.instant(), Optional.empty(), Optional.empty(), Optional.empty()), contour);
    }

    /** Proposes a measure against a connection; what would stop it stops the proposal. */
    public ProposalView proposeMeasure(ConnectionId id, Contour contour, ConnectionChange change) {
        if (!MEASURES.contains(change.event())) {
            throw Refusal.of(InputRefusal.FIELD_INVALID, "event");
        }
        connections.requireAllowed(connections.get(id, contour), change);
        return add(new ProposalView(UUID.randomUUID(), Optional.empty(), Optional.of(id), Optional.empty(), Optional.empty(), change.event().name(), change.ground(),
                change.firstDay(), change.reason(), change.by().account().orElseThrow(), change.by().role(), clock.instant(), Optional.empty(), Optional.empty(), Optional.empty()), contour);
    }

    /** Proposes to give a subsystem the services of an agreement from before the order, without a request (ACC-56). */
    public ProposalView proposeAdmission(AgreementId id, Contour contour, SubsystemId subsystem, String reason, Actor by) {
        AgreementView agreement = agreements.requireLegacy(id, contour);
        if (!participants.get(subsystem).participant().equals(agreement.participant())) {
            throw Refusal.of(RequestRefusal.SUBSYSTEM_OF_ANOTHER_PARTICIPANT, "subsystem");
        }
        return add(new ProposalView(UUID.randomUUID(), Optional.empty(), Optional.empty(), Optional.of(id), Optional.of(subsystem), ADMIT, Optional.empty(), Optional.empty(),
                Input.text(reason, "reason", 1000), by.account().orElseThrow(), by.role(), clock.instant(), Optional.empty(), Optional.empty(), Optional.empty()), contour);
    }

    /** Another official agrees, and it happens. */
    public ProposalView approve(UUID id, Contour contour, Actor by) {
        ProposalView proposal = forDecision(id, contour);
        if (by.account().equals(Optional.of(proposal.proposedBy()))) {
            throw Refusal.of(RequestRefusal.OWN_PROPOSAL, "proposal");
        }
        if (!by.role().equals(APPROVER)) {
            throw Refusal.of(RequestRefusal.APPROVER_ONLY, "proposal");
        }
        ProposalView approved = decide(proposal, contour, ProposalView.Outcome.APPROVED, "", by);
        if (proposal.request().isPresent()) {
            requests.grantApproved(proposal.request().get(), contour, proposal.reason(), by);
        } else if (proposal.agreement().isPresent()) {
            decisions.admit(agreements.requireLegacy(proposal.agreement().get(), contour), proposal.subsystem().orElseThrow(), proposal.reason(), by);
        } else {
            connections.apply(proposal.connection().orElseThrow(), contour,
                    new ConnectionChange(ConnectionEvent.valueOf(proposal.event()), by, proposal.ground(), proposal.reason(), proposal.firstDay()));
        }
        return approved;
    }

    /** Another official disagrees; or the proposer takes it back. */
    public ProposalView reject(UUID id, Contour contour, String remark, Actor by) {
        ProposalView proposal = forDecision(id, contour);
        boolean own = by.account().equals(Optional.of(proposal.proposedBy()));
        if (!own && !by.role().equals(APPROVER)) {
            throw Refusal.of(RequestRefusal.APPROVER_ONLY, "proposal");
        }
        return decide(proposal, contour, own ? ProposalView.Outcome.WITHDRAWN : ProposalView.Outcome.REJECTED, Input.text(remark, "remark", 1000), by);
    }

    /** What waits for a second official, the oldest first. */
    public List<ProposalView> open(Contour contour) {
        return store.open(contour);
    }

    private ProposalView add(ProposalView proposal, Contour contour) {
        store.add(proposal, contour);
        tell(proposal, contour, "PROPOSED", Actor.of(proposal.proposedBy(), proposal.proposedRole()));
        return proposal;
    }

    private ProposalView forDecision(UUID id, Contour contour) {
        ProposalView proposal = store.findForChange(id, contour).orElseThrow(() -> Refusal.of(InputRefusal.NOT_FOUND, "proposal"));
        proposal.outcome().ifPresent(outcome -> {
            throw Refusal.of(InputRefusal.TRANSITION_NOT_ALLOWED, "proposal", outcome, "DECIDE");
        });
        return proposal;
    }

    private ProposalView decide(ProposalView proposal, Contour contour, ProposalView.Outcome outcome, String remark, Actor by) {
        store.decide(proposal.id(), outcome, remark, by, clock.instant());
        tell(proposal, contour, outcome.name(), by);
        return store.findForChange(proposal.id(), contour).orElseThrow();
    }

    private void tell(ProposalView proposal, Contour contour, String what, Actor by) {
        ledger.record(LedgerEvent.of("access.proposal_changed", 2, contour, "proposal", proposal.id(), clock.instant()).with("event", proposal.event()).with("outcome", what)
                .with("actor", by.account()).with("actorRole", by.role())
                .personal("request", proposal.request().map(RequestId::value)).personal("connection", proposal.connection().map(ConnectionId::value))
                .personal("agreement", proposal.agreement().map(AgreementId::value)).personal("subsystem", proposal.subsystem().map(SubsystemId::value))
                .personal("reason", proposal.reason()));
    }
}
