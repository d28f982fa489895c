package org.kopuro.access.duties;

import java.util.UUID;

/** Identifies a participant's report. */
public record ReportId(UUID value) {
}
