package org.kopuro.accessservices;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import org.kopuro.access.duties.ReportKind;

/** What a system tells in its participant's name; which fields a kind has, {@link org.kopuro.access.duties.NewReport} knows. */
public record NewsOfParticipant(ReportKind kind, String procedure, Optional<LocalDate> day, Optional<Instant> start, Optional<Instant> end, String text) {
}
