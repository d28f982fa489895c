package org.kopuro.exchange.metaservices;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.kopuro.exchange.XRoadClient;

/**
 * Which operational records are wanted.
 *
 * @param client of whose calls; without a subsystem, of all of the member's
 * @param fields empty for all
 */
public record RecordCriteria(Instant from, Instant to, Optional<XRoadClient> client, Set<String> fields) {
}
