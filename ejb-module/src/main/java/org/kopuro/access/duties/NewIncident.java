package org.kopuro.access.duties;

import java.util.Optional;
import org.kopuro.kernel.Input;
import org.kopuro.participants.ParticipantId;

/** What an official opens. */
public record NewIncident(IncidentSource source, IncidentSeverity severity, Optional<ParticipantId> participant, String text) {

    public NewIncident {
        text = Input.lines(text, "text", 10_000);
    }
}
