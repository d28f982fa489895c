package org.kopuro.consent.forms.batches;

import org.kopuro.kernel.Actor;
import org.kopuro.kernel.Contour;
import org.kopuro.participants.ParticipantId;
import org.kopuro.participants.SubsystemId;

/** Who sends a batch: the subsystem to which the consents will be bound, as its account says. */
public record BatchSender(ParticipantId participant, SubsystemId subsystem, Contour contour, Actor by) {
}
