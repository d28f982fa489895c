package org.kopuro.access;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Refusal;

@Entity
@IdClass(Connection.Key.class)
@Table(schema = "access", name = "connection")
class Connection {

    @Id
    @Column(name = "participant_id")
    UUID participantId;
    @Id
    @Enumerated(EnumType.STRING)
    Contour contour;
    @Enumerated(EnumType.STRING)
    ConnectionState state;
    Instant since;
    String reason;

    protected Connection() {
    }

    /** A first connection. */
    Connection(UUID participantId, Contour contour, String reason, Instant at) {
        this.participantId = participantId;
        this.contour = contour;
        state = ConnectionState.CONNECTED;
        since = at;
        this.reason = reason;
    }

    void apply(ConnectionEvent event, String reason, Instant at) {
        state = state.on(event).orElseThrow(() -> Refusal.of(InputRefusal.TRANSITION_NOT_ALLOWED, "event", state, event));
        since = at;
        this.reason = reason;
    }

    static final class Key implements Serializable {
        UUID participantId;
        Contour contour;

        protected Key() {
        }

        Key(UUID participantId, Contour contour) {
            this.participantId = participantId;
            this.contour = contour;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Key key && key.participantId.equals(participantId) && key.contour == contour;
        }

        @Override
        public int hashCode() {
            return Objects.hash(participantId, contour);
        }
    }
}
