package org.kopuro.access.products;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import java.util.UUID;

/**
 * A product's document.
 *
 * @param document    its id among documents
 * @param sha256      of its content when it was attached
 * @param withdrawnAt empty while it counts
 */
public record ProductDocument(UUID document, NewProductDocument told, String fileName, String sha256, Optional<Instant> withdrawnAt) {

    /** Whether it proves anything on the day. */
    public boolean validOn(LocalDate day) {
        return withdrawnAt.isEmpty() && !day.isBefore(told.validFrom()) && told.validTo().filter(day::isAfter).isEmpty();
    }
}
