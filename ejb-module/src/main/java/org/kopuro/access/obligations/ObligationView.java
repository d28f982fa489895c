package org.kopuro.access.obligations;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.kopuro.access.procedures.DeadlineRule;
import org.kopuro.participants.ParticipantId;

/**
 * What is owed by when.
 *
 * @param dueAt       24:00 of the last day; empty while the calendar does not reach so far
 * @param missingYear the year that the calendar would need
 */
public record ObligationView(UUID id, About about, ParticipantId participant, String procedure, int version, DeadlineRule rule, Instant countedFrom, int workingDays,
        Optional<Instant> dueAt, Optional<Integer> missingYear, Optional<Instant> closedAt, Optional<Outcome> outcome) {

    /** How an obligation ended. */
    public enum Outcome {
        /** Done, in time or late. */
        MET,
        /** What it was owed for is no more. */
        DROPPED
    }

    /** How late it is, or was when it was done; zero in time. */
    public Duration late(Instant now) {
        return dueAt.map(due -> Duration.between(due, closedAt.orElse(now))).filter(late -> !late.isNegative()).orElse(Duration.ZERO);
    }
}
