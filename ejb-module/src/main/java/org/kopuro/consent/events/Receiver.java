package org.kopuro.consent.events;

import org.kopuro.kernel.Contour;
import org.kopuro.participants.ParticipantId;

/** Whom to push to. */
record Receiver(ParticipantId participant, Contour contour) {
}
