package org.kopuro.access.monitoring;

import java.util.Optional;
import java.util.UUID;
import org.kopuro.kernel.Contour;
import org.kopuro.participants.ParticipantId;

/** What a rule found of a subsystem in a window. */
record Finding(Contour contour, ParticipantId participant, UUID subsystem, int seen, int calls, Optional<Integer> before) {
}
