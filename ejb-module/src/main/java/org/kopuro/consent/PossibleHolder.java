package org.kopuro.consent;

import java.util.List;
import java.util.Optional;
import org.kopuro.participants.ParticipantId;

/**
 * A subsystem that a taxpayer may make a token for (CON-11).
 *
 * @param subsystem as in the exchange
 * @param products  that its participant is connected with
 * @param services  that a token for it may list (CON-12)
 * @param ending    whether an announced end, or pause, of a connection of its participant is to come
 */
public record PossibleHolder(String subsystem, String subsystemName, ParticipantId participant, String participantName, Optional<String> inn, List<String> products, List<String> services,
        boolean ending) {
}
