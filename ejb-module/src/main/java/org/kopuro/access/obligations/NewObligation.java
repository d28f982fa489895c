package org.kopuro.access.obligations;

import java.time.Instant;
import org.kopuro.access.procedures.DeadlineRule;
import org.kopuro.access.procedures.Procedure;
import org.kopuro.kernel.Contour;
import org.kopuro.participants.ParticipantId;

/**
 * Something that is owed from now on.
 *
 * @param procedure   the version by which what it hangs on is judged
 * @param countedFrom the event after which its working days are counted
 */
public record NewObligation(About about, Contour contour, ParticipantId participant, Procedure procedure, DeadlineRule rule, Instant countedFrom) {
}
