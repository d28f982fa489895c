package org.kopuro.loans.headcount;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.kopuro.kernel.Contour;

/**
 * A sample of sheets that were computed again (LOAN-86).
 *
 * @param differing sheets whose inputs no longer give what they say; none is as it should be
 */
public record Recomputed(UUID id, Contour contour, Instant at, int compared, List<UUID> differing) {

    public Recomputed {
        differing = List.copyOf(differing);
    }
}
