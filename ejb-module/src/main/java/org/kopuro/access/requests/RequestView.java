package org.kopuro.access.requests;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.kopuro.access.procedures.RequestKind;
import org.kopuro.kernel.Contour;
import org.kopuro.participants.ParticipantId;

/**
 * A request as its newest event left it.
 *
 * @param number  for people; never used twice
 * @param version of the procedure, in force on the day of its receipt
 * @param ticked  codes of the checklist's items that an official has ticked
 * @param causes  why it was refused
 * @param day     on which what a CHANGE tells of changed
 * @param late    whether that was told too late; empty where it tells of no day, or the time is not known
 */
public record RequestView(RequestId id, long number, RequestKind kind, ParticipantId participant, Contour contour, String procedure, int version, RequestState state,
        Instant since, int events, Instant receivedAt, String answerEmail, Optional<String> sender, String body, Optional<LocalDate> desiredDay, Optional<RequestId> previous,
        List<ServiceWish> services, Set<String> confirmations, Set<String> ticked, List<Cause> causes, Optional<LocalDate> day, Optional<Boolean> late) {
}
