package org.kopuro.access.reminders;

import java.util.Optional;
import org.kopuro.access.procedures.DeadlineRule;
import org.kopuro.kernel.Contour;
import org.kopuro.participants.ParticipantId;

/**
 * A letter that is to be written: what one side owes at the same time, under one version of a procedure.
 *
 * @param participant whom it goes to; empty: to the authority's own
 */
public record Reminder(Kind kind, String calendar, Contour contour, String procedure, int version, Optional<ParticipantId> participant) {

    /** What is told. */
    public enum Kind {
        /** On the last working day before. */
        AHEAD,
        /** Once the day has passed. */
        LAPSED
    }

    /** Under which name it waits after a failure. */
    public String matter() {
        return "reminder " + kind + " " + contour + " " + procedure + " " + version + " " + participant.map(one -> one.value().toString()).orElse("-");
    }

    DeadlineRule.Side side() {
        return participant.isPresent() ? DeadlineRule.Side.PARTICIPANT : DeadlineRule.Side.AUTHORITY;
    }
}
