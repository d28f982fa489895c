package org.kopuro.exchange.closures;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.Language;

/**
 * A closure as it was made, and whether somebody has opened again.
 *
 * @param service empty of the whole contour
 * @param until   as it was said
 */
public record ClosureView(UUID id, long number, Contour contour, Optional<String> service, Map<Language, String> notice, Instant from, Optional<Instant> until, String reason,
        Instant closedAt, UUID closedBy, Optional<Opened> opened) {

    /** That somebody opened before the end. */
    public record Opened(Instant at, String reason, UUID by) {
    }

    /** Whether calls are stopped at a moment. */
    public boolean isOn(Instant at) {
        return !at.isBefore(from) && until.filter(end -> !at.isBefore(end)).isEmpty() && opened.filter(end -> !at.isBefore(end.at())).isEmpty();
    }
}
