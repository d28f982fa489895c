package org.kopuro.access.duties;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import org.kopuro.kernel.Contour;
import org.kopuro.participants.ParticipantId;

/**
 * A report as it was filed.
 *
 * @param end   of an outage, where it was told, then or later
 * @param dueAt the first moment that is too late; empty where the procedure sets no time, or no calendar reaches so far
 * @param late  whether it was; known where {@code dueAt} is
 */
public record ReportView(ReportId id, long number, ReportKind kind, ParticipantId participant, Contour contour, String procedure, int version, Instant receivedAt,
        Optional<String> sender, Optional<LocalDate> day, Optional<Instant> start, Optional<Instant> end, String text, Optional<Instant> dueAt, Optional<Boolean> late) {
}
