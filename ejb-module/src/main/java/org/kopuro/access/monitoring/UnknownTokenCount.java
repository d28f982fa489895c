package org.kopuro.access.monitoring;

import java.time.Instant;
import java.util.UUID;
import org.kopuro.kernel.Contour;

/** So many unknown tokens a subsystem has presented to a node in a minute. */
public record UnknownTokenCount(UUID node, Instant minute, Contour contour, UUID subsystem, int tokens) {
}
