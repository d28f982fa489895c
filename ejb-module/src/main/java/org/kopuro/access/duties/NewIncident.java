package org.kopuro.access.duties;

import java.util.Optional;
import org.kopuro.kernel.Input;
import org.kopuro.participants.ParticipantId;

/**
 * What an official opens.
 *
 * @param kind one of the database's list: data, as a ground of a suspension may stand on it
 */
public record NewIncident(IncidentSource source, IncidentSeverity severity, String kind, Optional<ParticipantId> participant, String text) {

    public static final String OTHER = "OTHER";

    public NewIncident {
        kind = Input.text(kind, "kind", 64);
        text = Input.lines(text, "text", 10_000);
    }

    /** Of no particular kind. */
    public NewIncident(IncidentSource source, IncidentSeverity severity, Optional<ParticipantId> participant, String text) {
        this(source, severity, OTHER, participant, text);
    }
}
