package org.kopuro.access;

import java.time.Instant;
import org.kopuro.kernel.Contour;
import org.kopuro.participants.ParticipantId;

/** Observed in the transaction of the disconnection: whatever the participant held in the contour under the procedure ends now. */
public record ParticipantDisconnected(ParticipantId participant, Contour contour, String procedure, Instant at) {
}
