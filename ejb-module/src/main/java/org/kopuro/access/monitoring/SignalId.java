package org.kopuro.access.monitoring;

import java.util.UUID;
import org.kopuro.kernel.Id;

/** Identifies a signal. */
public record SignalId(UUID value) implements Id {
}
