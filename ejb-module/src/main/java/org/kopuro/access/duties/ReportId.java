package org.kopuro.access.duties;

import java.util.UUID;
import org.kopuro.kernel.Id;

/** Identifies a participant's report. */
public record ReportId(UUID value) implements Id {
}
