package org.kopuro.access.duties;

import java.util.UUID;

/** Identifies an announcement. */
public record AnnouncementId(UUID value) {
}
