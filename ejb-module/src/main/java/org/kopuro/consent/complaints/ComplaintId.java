package org.kopuro.consent.complaints;

import java.util.UUID;
import org.kopuro.kernel.Id;

/** Identifies a complaint. */
public record ComplaintId(UUID value) implements Id {
}
