package org.kopuro.access.catalogue;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.kopuro.access.duties.AnnouncementId;
import org.kopuro.kernel.Contour;

/**
 * A version of a service's contract in a contour.
 *
 * @param revision      grows with every draft under the same name
 * @param publishedFrom empty where it never was
 * @param sha256        of all its files, in lower-case hexadecimal; empty while they may still change
 * @param announcement  of the change to this version
 */
public record VersionView(VersionId id, String service, String version, Contour contour, int revision, VersionState state, Instant since, int events,
        Optional<Instant> publishedFrom, Optional<String> sha256, Optional<AnnouncementId> announcement, List<ContractFile> files) {

    /** A file of its contract, known to the others by its name. */
    public record ContractFile(String fileName, UUID document, String sha256) {
    }

    /** Whether consumers may see it. */
    public boolean told() {
        return state == VersionState.ANNOUNCED || state == VersionState.PUBLISHED || publishedFrom.isPresent();
    }
}
