package org.kopuro.access.catalogue;

import java.util.UUID;
import org.kopuro.kernel.Id;

/** Identifies a comparison with the exchange's catalogue. */
public record ComparisonId(UUID value) implements Id {
}
