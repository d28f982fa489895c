package org.kopuro.access.decrees;

import java.time.Instant;
import java.time.LocalDate;
import org.kopuro.access.ConnectionId;
import org.kopuro.participants.ParticipantId;

/** A connection that an edition of a decree touches, and of which nobody has decided yet. */
public record DecreeMatter(String decree, int edition, LocalDate firstDay, Instant registeredAt, String text, ConnectionId connection, ParticipantId participant, String procedure) {
}
