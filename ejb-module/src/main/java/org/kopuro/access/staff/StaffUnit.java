package org.kopuro.access.staff;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.Language;

/**
 * Who is told from a day on.
 *
 * @param procedure whose unit it is; empty: of all that have none of their own
 * @param addresses none where nobody is told any more
 */
public record StaffUnit(UUID id, Contour contour, Optional<String> procedure, LocalDate firstDay, String name, Language language, List<String> addresses,
        Language headLanguage, List<String> headAddresses, Instant setAt) {
}
