package org.kopuro.access.catalogue;

import java.util.List;
import java.util.Optional;
import org.kopuro.access.contracts.Differences;

/**
 * What a publication changes, and for whom: to be looked at before it, and kept with it.
 *
 * @param comparedWith empty where nothing was published before
 */
public record Preview(Optional<VersionId> comparedWith, Differences differences, List<AffectedSubsystem> affected) {
}
