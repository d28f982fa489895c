package org.kopuro.access.decrees;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.kopuro.access.ConnectionChange;
import org.kopuro.access.ConnectionEvent;
import org.kopuro.access.ConnectionId;
import org.kopuro.access.requests.ProposalView;
import org.kopuro.access.requests.Proposals;
import org.kopuro.installation.Installation;
import org.kopuro.kernel.Actor;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.Input;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Refusal;
import org.kopuro.ledger.Ledger;
import org.kopuro.ledger.LedgerEvent;

/** Registers decrees and their editions, lists the connections that an edition touches, and has officials decide of each (ACC-76). */
@Stateless
public class Decrees {

    /** Under which a changed decree ends a connection (000 §4.5). */
    private static final String GROUND = "DECREE_CHANGED";
    private static final int MATTERS_MAX = 500;
    private static final int REASON_MAX = 1000;

    @Inject
    private DecreeStore store;
    @Inject
    private Proposals proposals;
    @Inject
    private Installation installation;
    @Inject
    private Ledger ledger;
    @Inject
    private Clock clock;

    /** Registers a decree that procedures may name from their next version on. */
    public DecreeView register(NewDecree decree, Contour contour, Actor by) {
        installation.requireForBoth(contour, DecreeRefusal.DECREE_NOT_OF_THIS_CONTOUR);
        store.add(decree);
        return edit(decree.code(), 1, decree.adoptedOn(), "As adopted.", decree.source(), by);
    }

    /**
     * Registers that a decree says something else from the day on: each connection that it touches becomes a matter for an official.
     *
     * @param after the number of its newest edition, as whoever registers this one has read it
     */
    public DecreeView amend(String code, int after, LocalDate firstDay, String text, String source, Contour contour, Actor by) {
        installation.requireForBoth(contour, DecreeRefusal.DECREE_NOT_OF_THIS_CONTOUR);
        DecreeView decree = get(code);
        if (decree.editions().get(0).number() != after) {
            throw Refusal.of(DecreeRefusal.DECREE_EDITION_OUT_OF_ORDER, "after");
        }
        return edit(code, after + 1, firstDay, text, source, by);
    }

    private DecreeView edit(String code, int number, LocalDate firstDay, String text, String source, Actor by) {
        UUID id = UUID.randomUUID();
        Instant at = clock.instant();
        store.add(id, code, number, firstDay, Input.text(text, "text", NewDecree.TEXT_MAX), Input.text(source, "source", NewDecree.TEXT_MAX), at, by);
        ledger.record(LedgerEvent.of("access.decree_edition_registered", 1, "decree_edition", id, at).with("decree", code).with("edition", number).with("firstDay", firstDay.toString())
                .with("source", source).with("actor", by.account()).with("actorRole", by.role()));
        return get(code);
    }

    public DecreeView get(String code) {
        return store.find(code).orElseThrow(() -> Refusal.of(InputRefusal.NOT_FOUND, "decree"));
    }

    public List<DecreeView> list() {
        return store.list();
    }

    /** What is to be decided in the contour, by the editions' days. */
    public List<DecreeMatter> matters(Contour contour) {
        return store.matters(contour, MATTERS_MAX);
    }

    /** The connection stays as it is. */
    public void keep(String decree, int edition, ConnectionId connection, Contour contour, String reason, Actor by) {
        decide(decree, edition, connection, contour, DecreeOutcome.KEEP, Optional.empty(), reason, by);
    }

    /** Proposes its forced disconnection, which another official approves or rejects; refused where the procedure does not know the ground. */
    public ProposalView propose(String decree, int edition, ConnectionId connection, Contour contour, String reason, Actor by) {
        if (!store.open(decree, edition, connection, contour)) {
            throw Refusal.of(DecreeRefusal.DECREE_MATTER_NOT_OPEN, "connection");
        }
        ProposalView proposal = proposals.proposeMeasure(connection, contour,
                new ConnectionChange(ConnectionEvent.FORCE_DISCONNECTION, by, Optional.of(GROUND), Input.text(reason, "reason", REASON_MAX), Optional.empty()));
        decide(decree, edition, connection, contour, DecreeOutcome.PROPOSE, Optional.of(proposal.id()), reason, by);
        return proposal;
    }

    private void decide(String decree, int edition, ConnectionId connection, Contour contour, DecreeOutcome outcome, Optional<UUID> proposal, String reason, Actor by) {
        if (!store.open(decree, edition, connection, contour)) {
            throw Refusal.of(DecreeRefusal.DECREE_MATTER_NOT_OPEN, "connection");
        }
        Instant at = clock.instant();
        String text = Input.text(reason, "reason", REASON_MAX);
        store.decide(decree, edition, connection, contour, outcome, proposal, text, at, by);
        ledger.record(LedgerEvent.of("access.decree_matter_decided", 1, contour, "connection", connection.value(), at).with("decree", decree).with("edition", edition)
                .with("outcome", outcome).with("proposal", proposal).with("actor", by.account()).with("actorRole", by.role()).personal("reason", text));
    }
}
