package org.kopuro.access.jointtests;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.kopuro.installation.Installation;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Refusal;
import org.kopuro.participants.ParticipantId;
import org.kopuro.participants.Participants;

/** Tells which of its services a participant has tried in TEST (ACC-O19): by the calls that were recorded, whatever a report says. */
@Stateless
public class Exercises {

    /** Nobody needs to know how many more. */
    static final int COUNTED_MAX = 10_000;
    private static final int SERVICES_MAX = 1_000;

    @Inject
    private ExerciseStore store;
    @Inject
    private Participants participants;
    @Inject
    private Clock clock;

    /**
     * Every service that a subsystem of the participant has a right to call in TEST today.
     *
     * @param contour of the asker: TEST's calls are told in TEST alone (ACC-16)
     * @param own     whose people ask; empty: officials, who name a participant
     * @throws Refusal NOT_FOUND for a participant that is not there, or not the asker's to see; FIELD_INVALID outside TEST
     */
    public List<Exercise> of(Contour contour, Optional<ParticipantId> own, Optional<ParticipantId> named) {
        if (contour != Contour.TEST) {
            throw Refusal.of(InputRefusal.FIELD_INVALID, "contour");
        }
        ParticipantId participant = participants.asked(own, named).orElseThrow(() -> Refusal.of(InputRefusal.FIELD_MISSING, "participant"));
        return store.of(participant, LocalDate.ofInstant(clock.instant(), Installation.ZONE), COUNTED_MAX, SERVICES_MAX);
    }
}
