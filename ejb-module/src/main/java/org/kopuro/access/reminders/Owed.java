package org.kopuro.access.reminders;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.kopuro.access.obligations.About;
import org.kopuro.access.procedures.DeadlineRule;
import org.kopuro.participants.ParticipantId;

/**
 * An obligation as a letter tells it.
 *
 * @param number      of what it hangs on, for people
 * @param answerEmail of the request that it hangs on (ACC-81)
 */
public record Owed(UUID id, About about, String number, ParticipantId participant, String participantName, DeadlineRule rule, Instant dueAt, Optional<String> answerEmail) {
}
