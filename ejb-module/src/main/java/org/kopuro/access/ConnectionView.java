package org.kopuro.access;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.kopuro.kernel.Contour;
import org.kopuro.participants.ParticipantId;

/**
 * A participant's connection to a contour under a procedure, as its newest event left it.
 *
 * @param ground       from the procedure's list, where the newest event needed one
 * @param announcedFor when what is announced takes effect
 * @param events       how many there were
 * @param incident     that the newest event refers to
 * @param basis        of a suspension, or its announcement, that the agreement names
 */
public record ConnectionView(ConnectionId id, ParticipantId participant, Contour contour, String procedure, ConnectionState state, Instant since, Optional<String> ground,
        String reason, Optional<Instant> announcedFor, int events, Optional<UUID> incident, Optional<Basis> basis) {

    /**
     * On which the agreement lets its connection be suspended, in its words (§6).
     *
     * @param number    of the agreement
     * @param version   of it, which was in force when that was decided
     */
    public record Basis(UUID agreement, String number, int version, String text) {
    }
}
