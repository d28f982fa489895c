package org.kopuro.exchange.metaservices;

import java.time.Instant;
import java.util.Optional;

/**
 * Operational records as X-Road hands them out.
 *
 * @param gzip {@code {"records":[…]}}, compressed
 * @param next from when to read on; present where there may be more
 */
public record OperationalData(int count, byte[] gzip, Optional<Instant> next) {
}
