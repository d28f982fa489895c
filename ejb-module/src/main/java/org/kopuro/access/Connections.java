package org.kopuro.access;

import jakarta.ejb.Stateless;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.Input;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Refusal;
import org.kopuro.ledger.Ledger;
import org.kopuro.ledger.LedgerEvent;
import org.kopuro.participants.ParticipantId;
import org.kopuro.participants.Participants;

/**
 * Connects participants to a contour, suspends, restores and disconnects them. A change is judged by the very next call
 * on any node. Disconnection ends access rights, and through {@link ParticipantDisconnected} tokens, for good.
 */
@Stateless
public class Connections {

    @Inject
    private AccessStore store;
    @Inject
    private Participants participants;
    @Inject
    private Event<ParticipantDisconnected> disconnected;
    @Inject
    private Ledger ledger;
    @Inject
    private Clock clock;

    /** Applies an event with its reason; a pair of state and event that is not allowed is refused and changes nothing. */
    public ConnectionView apply(ConnectionEvent event, ParticipantId participant, Contour contour, String reason) {
        String grounds = Input.text(reason, "reason", 1000);
        Instant at = clock.instant();
        participants.get(participant);
        Connection connection = store.connectionForChange(participant.value(), contour).orElse(null);
        if (connection == null) {
            if (event != ConnectionEvent.CONNECT) {
                throw Refusal.of(InputRefusal.TRANSITION_NOT_ALLOWED, "event", "-", event);
            }
            connection = new Connection(participant.value(), contour, grounds, at);
            store.add(connection);
            tell(connection, event);
            return ConnectionView.of(connection);
        }
        connection.apply(event, grounds, at);
        tell(connection, event);
        if (event == ConnectionEvent.DISCONNECT) {
            store.revokeAll(participant.value(), contour, grounds, at);
            disconnected.fire(new ParticipantDisconnected(participant, contour, at));
        }
        return ConnectionView.of(connection);
    }

    /** An official's words may name a person. */
    private void tell(Connection connection, ConnectionEvent event) {
        ledger.record(LedgerEvent.of("access.connection_changed", 1, connection.contour, "participant", connection.participantId, connection.since)
                .with("event", event).with("state", connection.state).personal("reason", connection.reason));
    }

    /** As {@link #find}, and no event happens to the connection until the caller's transaction ends. */
    public Optional<ConnectionView> findForUse(ParticipantId participant, Contour contour) {
        return store.connectionForUse(participant.value(), contour).map(ConnectionView::of);
    }

    public Optional<ConnectionView> find(ParticipantId participant, Contour contour) {
        return store.connection(participant.value(), contour).map(ConnectionView::of);
    }
}
