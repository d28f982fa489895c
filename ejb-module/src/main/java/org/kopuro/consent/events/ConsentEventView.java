package org.kopuro.consent.events;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.kopuro.kernel.Contour;
import org.kopuro.participants.ParticipantId;

/**
 * A consent event as its participant reads it.
 *
 * @param subsystem identifier of the subsystem that holds the consent, as in the exchange
 * @param sequence  of the participant in the contour
 * @param attempts  to push it
 * @param problem   what the last attempt met
 * @param taxpayerInn empty where the authority has forgotten the consent's taxpayer (CON-146)
 * @param keptMonths for how long its participant has to keep it, from its end, by the agreement (CON-145); empty where there is none, as in TEST
 */
public record ConsentEventView(
        UUID id, Contour contour, ParticipantId participant, String subsystem, ConsentEventKind kind, UUID consent, Optional<String> taxpayerInn, List<String> services, Optional<String> cause,
        Instant at, long sequence, Optional<Instant> acknowledgedAt, int attempts, Optional<String> problem, Optional<Integer> keptMonths) {
}
