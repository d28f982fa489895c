package org.kopuro.access.tasks;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.kopuro.access.ConnectionView;
import org.kopuro.access.Connections;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Refusal;
import org.kopuro.participants.ParticipantId;
import org.kopuro.participants.Participants;

/** Lists what is open (ACC-O2). */
@Stateless
public class Tasks {

    public static final int PAGE_MAX = 500;

    @Inject
    private TaskStore store;
    @Inject
    private Participants participants;
    @Inject
    private Connections connections;
    @Inject
    private Clock clock;

    /**
     * By time left, what has no day first.
     *
     * @param own whose people ask; empty: officials
     * @throws Refusal NOT_FOUND for a participant or connection that is not there, or not the asker's to see; FIELD_INVALID for a page of other than 1 to {@value #PAGE_MAX}
     */
    public List<TaskView> open(TaskFilter filter, Optional<ParticipantId> own, Optional<TaskPosition> after, int limit) {
        if (limit < 1 || limit > PAGE_MAX) {
            throw Refusal.of(InputRefusal.FIELD_INVALID, "limit");
        }
        Optional<ParticipantId> asked = participants.asked(own, filter.participant());
        Optional<ConnectionView> connection = filter.connection().map(id -> connections.get(id, filter.contour(), asked));
        return store.open(filter, own.isEmpty(), asked.or(() -> connection.map(ConnectionView::participant)), clock.instant(), after, limit);
    }
}
