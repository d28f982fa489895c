package org.kopuro.consent.forms;

import java.time.Instant;
import java.util.List;
import org.kopuro.participants.ParticipantId;

/**
 * A disputed form as officers find it: nothing in it is about a person.
 *
 * @param number the participant's own
 */
public record DisputedForm(FormId id, ParticipantId participant, String participantName, String subsystem, String number, List<String> services, Instant receivedAt, Instant disputedAt) {
}
