package org.kopuro.exchange;

import org.kopuro.kernel.Actor;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.Language;
import org.kopuro.participants.ParticipantId;
import org.kopuro.participants.SubsystemId;

/**
 * A participant that minds its own access by a call: who it is, as its credential proves; whether it is connected is not said.
 *
 * @param subsystem whose certificate signed
 * @param contour   the credential's
 * @param language  in which the participant wants to be told
 */
public record Applicant(ParticipantId participant, SubsystemId subsystem, Contour contour, Language language) {

    public Actor actor() {
        return Actor.ofSubsystem(subsystem.value());
    }
}
