package org.kopuro.access;

import java.time.Instant;
import org.kopuro.kernel.Contour;
import org.kopuro.participants.ParticipantId;
import org.kopuro.participants.SubsystemId;

/** Observed in the transaction of the change by which a participant gave a subsystem up (ACC-46): whatever that held in the contour ends now (CON-86, CON-T28). */
public record SubsystemDropped(ParticipantId participant, SubsystemId subsystem, Contour contour, Instant at) {
}
