package org.kopuro.access.monitoring;

import java.util.Optional;
import java.util.UUID;
import org.kopuro.kernel.Contour;
import org.kopuro.participants.ParticipantId;

/**
 * What a rule found of a subsystem in a window.
 *
 * @param subsystem empty where it is the participant as such
 */
record Finding(Contour contour, ParticipantId participant, Optional<UUID> subsystem, int seen, int calls, Optional<Integer> before) {
}
