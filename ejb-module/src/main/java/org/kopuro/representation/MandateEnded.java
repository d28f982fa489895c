package org.kopuro.representation;

import java.time.Instant;
import java.util.List;
import org.kopuro.kernel.Contour;

/**
 * Mandates have ended, a mandate with those that were passed on from it. Told in the transaction of the end, which waits for whoever was exercising one: what observers find under
 * them is all that there will ever be.
 */
public record MandateEnded(Contour contour, List<MandateId> mandates, Instant at) {
}
