package org.kopuro.access.tasks;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.kopuro.access.ConnectionId;
import org.kopuro.access.procedures.DeadlineRule;
import org.kopuro.participants.ParticipantId;

/**
 * Something open.
 *
 * @param position    where it stands in the list
 * @param participant empty for an entry of the catalogue, unless one participant was asked for
 * @param connection  empty also where there is none yet, or none any more
 * @param owes        empty where it is only to come
 * @param effectAt    when what is announced begins, or what ends has ended
 * @param toldAt      when the participant was first told, where that is what it needs
 * @param about       what it hangs on, where that has an id
 * @param subject     its number, or the services that it is about
 * @param rule        of an obligation
 * @param missingYear of an obligation that no calendar reaches
 */
public record TaskView(TaskKind kind, TaskPosition position, Optional<ParticipantId> participant, Optional<ConnectionId> connection, String procedure, Optional<DeadlineRule.Side> owes,
        Optional<Instant> effectAt, Optional<Instant> toldAt, AboutKind aboutKind, Optional<UUID> about, Optional<String> subject, Optional<DeadlineRule> rule, Optional<Integer> missingYear) {

    /** What tasks hang on. */
    public enum AboutKind {
        REQUEST, CONNECTION, AGREEMENT, ANNOUNCEMENT, PRODUCT, SERVICE
    }

    /** By when; empty where no calendar reaches so far, and of an entry that nobody ever described. */
    public Optional<Instant> dueAt() {
        return position.dueAt();
    }

    public boolean late(Instant now) {
        return owes.isPresent() && dueAt().filter(due -> !due.isAfter(now)).isPresent();
    }

    /** How late it is; zero in time. */
    public Duration lateness(Instant now) {
        return late(now) ? Duration.between(dueAt().orElseThrow(), now) : Duration.ZERO;
    }
}
