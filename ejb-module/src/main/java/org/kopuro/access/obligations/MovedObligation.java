package org.kopuro.access.obligations;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.kopuro.access.procedures.DeadlineRule;
import org.kopuro.participants.ParticipantId;

/**
 * A deadline that an edited calendar moved.
 *
 * @param revision of the calendar, by which it was counted anew
 * @param before   when it would have been due; empty where the calendar did not reach so far
 * @param after    when it is due instead; empty where the calendar does not reach so far any more
 */
public record MovedObligation(UUID obligation, About about, ParticipantId participant, DeadlineRule rule, long revision, Instant movedAt, Optional<Instant> before,
        Optional<Instant> after) {
}
