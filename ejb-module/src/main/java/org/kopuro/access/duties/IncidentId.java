package org.kopuro.access.duties;

import java.util.UUID;

/** Identifies an incident. */
public record IncidentId(UUID value) {
}
