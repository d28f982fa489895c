package org.kopuro.access.catalogue;

import java.util.UUID;

/** Identifies a comparison with the exchange's catalogue. */
public record ComparisonId(UUID value) {
}
