package org.kopuro.access.tasks;

import java.util.Optional;
import org.kopuro.access.ConnectionId;
import org.kopuro.access.procedures.DeadlineRule;
import org.kopuro.kernel.Contour;
import org.kopuro.participants.ParticipantId;

/**
 * Which tasks are asked for.
 *
 * @param owes whose they are; also leaves out what nobody owes
 * @param late true: only what is late; false: only what is not
 */
public record TaskFilter(Contour contour, Optional<ParticipantId> participant, Optional<ConnectionId> connection, Optional<TaskKind> kind, Optional<DeadlineRule.Side> owes,
        Optional<Boolean> late) {

    /** All of a contour. */
    public static TaskFilter in(Contour contour) {
        return new TaskFilter(contour, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    public TaskFilter of(ParticipantId one) {
        return new TaskFilter(contour, Optional.of(one), connection, kind, owes, late);
    }

    public TaskFilter of(ConnectionId one) {
        return new TaskFilter(contour, participant, Optional.of(one), kind, owes, late);
    }

    public TaskFilter of(TaskKind one) {
        return new TaskFilter(contour, participant, connection, Optional.of(one), owes, late);
    }

    public TaskFilter owedBy(DeadlineRule.Side side) {
        return new TaskFilter(contour, participant, connection, kind, Optional.of(side), late);
    }

    public TaskFilter late(boolean wanted) {
        return new TaskFilter(contour, participant, connection, kind, owes, Optional.of(wanted));
    }
}
