package org.kopuro.access.catalogue;

import java.util.UUID;

/** Identifies a version of a service's contract. */
public record VersionId(UUID value) {
}
