package org.kopuro.access;

import java.time.Instant;
import org.kopuro.kernel.Contour;
import org.kopuro.participants.ParticipantId;

/** The state of a participant in a contour, since when and why. */
public record ConnectionView(ParticipantId participant, Contour contour, ConnectionState state, Instant since, String reason) {

    static ConnectionView of(Connection connection) {
        return new ConnectionView(new ParticipantId(connection.participantId), connection.contour, connection.state, connection.since,
                connection.reason);
    }
}
