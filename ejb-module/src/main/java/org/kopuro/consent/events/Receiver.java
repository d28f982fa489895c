package org.kopuro.consent.events;

import org.kopuro.kernel.Contour;
import org.kopuro.participants.ParticipantId;

/** A participant in a contour, as one who is told. */
public record Receiver(ParticipantId participant, Contour contour) {
}
