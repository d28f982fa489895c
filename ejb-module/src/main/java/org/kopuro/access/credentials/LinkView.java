package org.kopuro.access.credentials;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.kopuro.access.ConnectionId;
import org.kopuro.kernel.Contour;
import org.kopuro.participants.ParticipantId;

/**
 * A link as officials see it: where it went and what became of it, and nothing that could be used.
 *
 * @param notice  whose letter tells it
 * @param account that it brought
 */
public record LinkView(UUID id, ParticipantId participant, Contour contour, ConnectionId connection, UUID notice, String address, Instant issuedAt, Instant expiresAt, LinkState state,
        Optional<Instant> closedAt, Optional<UUID> account) {
}
