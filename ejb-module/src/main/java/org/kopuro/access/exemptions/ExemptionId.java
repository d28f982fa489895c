package org.kopuro.access.exemptions;

import java.util.UUID;
import org.kopuro.kernel.Id;

/** Identifies an exemption. */
public record ExemptionId(UUID value) implements Id {
}
