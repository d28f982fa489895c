package org.kopuro.access.duties;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.kopuro.kernel.Contour;
import org.kopuro.participants.ParticipantId;

/**
 * An incident as its newest event left it.
 *
 * @param text     what happened; empty where it was erased with what it told of
 * @param measures what was done, the oldest first
 * @param outcome  how it ended
 */
public record IncidentView(IncidentId id, long number, Contour contour, IncidentSource source, IncidentSeverity severity, String kind, Optional<ParticipantId> participant,
        Optional<ReportId> report, IncidentState state, Instant openedAt, Optional<Instant> closedAt, int events, String text, List<String> measures, Optional<String> outcome) {
}
