package org.kopuro.access.duties;

import java.util.UUID;
import org.kopuro.kernel.Id;

/** Identifies an incident. */
public record IncidentId(UUID value) implements Id {
}
