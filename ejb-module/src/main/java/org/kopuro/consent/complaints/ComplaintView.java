package org.kopuro.consent.complaints;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.kopuro.access.duties.IncidentId;
import org.kopuro.consent.TokenId;
import org.kopuro.kernel.Contour;
import org.kopuro.participants.ParticipantId;

/**
 * A complaint as its taxpayer and the authority see it.
 *
 * @param taxpayerInn empty where the authority has forgotten who it was of; the text is, too
 * @param token       that was given to the participant
 */
public record ComplaintView(ComplaintId id, Contour contour, Optional<String> taxpayerInn, ParticipantId participant, String participantName, TokenId token, IncidentId incident, Instant filedAt,
        String text, Optional<Answer> answer) {

    public ComplaintState state() {
        return answer.isPresent() ? ComplaintState.ANSWERED : ComplaintState.RECEIVED;
    }

    /** That who complained, and of what, is forgotten (CON-146). */
    public boolean erased() {
        return taxpayerInn.isEmpty();
    }
}
