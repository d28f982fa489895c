package org.kopuro.access.duties;

import java.util.UUID;
import org.kopuro.kernel.Id;

/** Identifies an announcement. */
public record AnnouncementId(UUID value) implements Id {
}
