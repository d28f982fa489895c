package org.kopuro.consent.portals;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.kopuro.access.AccessRefusal;
import org.kopuro.access.ConnectionState;
import org.kopuro.access.Connections;
import org.kopuro.kernel.Actor;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.Input;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Refusal;
import org.kopuro.ledger.Ledger;
import org.kopuro.ledger.LedgerEvent;
import org.kopuro.participants.ParticipantId;
import org.kopuro.participants.Participants;
import org.kopuro.participants.SubsystemId;

/** Which subsystems are portals: named and ended by the authority. When {@link #end} has returned and is committed, nothing is told to it any more, on any node. */
@Stateless
public class Portals {

    private static final int LIST_MAX = 1000;
    private static final String CALLER = "xrd:client";

    @Inject
    private PortalStore store;
    @Inject
    private Connections connections;
    @Inject
    private Participants participants;
    @Inject
    private Ledger ledger;
    @Inject
    private Clock clock;

    /** Refuses a subsystem of a participant that is not connected in the contour. */
    public UUID name(SubsystemId subsystem, Contour contour, String reason, Actor by) {
        String why = Input.lines(reason, "reason", 1000);
        ParticipantId participant = participants.get(subsystem).participant();
        requireConnected(participant, contour, "subsystem");
        UUID id = UUID.randomUUID();
        store.add(id, participant, subsystem, contour, why, clock.instant(), by);
        tell("NAME", id, subsystem, contour, why, by);
        return id;
    }

    public void end(SubsystemId subsystem, Contour contour, String reason, Actor by) {
        String why = Input.lines(reason, "reason", 1000);
        UUID ended = store.end(subsystem, contour, why, clock.instant(), by).orElseThrow(() -> Refusal.of(InputRefusal.NOT_FOUND, "portal"));
        tell("END", ended, subsystem, contour, why, by);
    }

    /** All namings, the newest first. */
    public List<PortalView> of(Contour contour) {
        return store.list(contour, LIST_MAX);
    }

    /** Refuses whoever is none; what is told in this transaction is told to a portal. */
    @TransactionAttribute(TransactionAttributeType.MANDATORY)
    public void require(SubsystemId subsystem, ParticipantId participant, Contour contour) {
        if (!store.hold(subsystem, contour)) {
            throw Refusal.of(PortalRefusal.NO_PORTAL, CALLER);
        }
        requireConnected(participant, contour, CALLER);
    }

    /** Under whichever procedure: what a portal does is under none. */
    private void requireConnected(ParticipantId participant, Contour contour, String field) {
        List<ConnectionState> states = connections.of(participant, contour).stream().map(each -> each.state()).toList();
        if (states.stream().noneMatch(ConnectionState::passesCalls)) {
            boolean suspended = states.stream().anyMatch(state -> state.refusal().equals(Optional.of(AccessRefusal.PARTICIPANT_SUSPENDED)));
            throw Refusal.of(suspended ? AccessRefusal.PARTICIPANT_SUSPENDED : AccessRefusal.PARTICIPANT_NOT_CONNECTED, field);
        }
    }

    private void tell(String event, UUID portal, SubsystemId subsystem, Contour contour, String reason, Actor by) {
        ledger.record(LedgerEvent.of("consent.portal_changed", 1, contour, "portal", portal, clock.instant()).with("event", event).with("subsystem", subsystem.value())
                .with("actor", by.account()).with("actorRole", by.role()).personal("reason", reason));
    }
}
