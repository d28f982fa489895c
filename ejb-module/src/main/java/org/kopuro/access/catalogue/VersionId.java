package org.kopuro.access.catalogue;

import java.util.UUID;
import org.kopuro.kernel.Id;

/** Identifies a version of a service's contract. */
public record VersionId(UUID value) implements Id {
}
