package org.kopuro.access.monitoring;

import java.util.UUID;

/** What the edge alone knows of a recorded call; the rest stands in its usage entry. */
public record MeasuredCall(UUID occurrence, int latencyMillis, int octetsIn, int octetsOut) {
}
