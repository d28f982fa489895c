package org.kopuro.access.catalogue;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.kopuro.access.ServiceView;
import org.kopuro.kernel.Language;

/**
 * An entry of the catalogue.
 *
 * @param service  with the rules of the day
 * @param changes  how often its owner has changed the service's names or switch
 * @param revision empty where nobody has described the service yet
 */
public record EntryView(ServiceView service, int changes, Optional<Revision> revision) {

    /**
     * What somebody wrote.
     *
     * @param confirmedAt when the owner confirmed it last, or wrote it
     */
    public record Revision(int number, Map<Language, String> descriptions, String protocol, Optional<UUID> ownerAccount, Optional<String> ownerUnit, int confirmWithinDays,
            Instant confirmedAt) {

        Instant confirmBy() {
            return confirmedAt.plus(Duration.ofDays(confirmWithinDays));
        }
    }

    /** ACC-85. */
    public ServiceState state() {
        return ServiceState.of(service);
    }

    /** ACC-87. */
    public boolean stale(Instant at) {
        return revision.map(written -> !at.isBefore(written.confirmBy())).orElse(true);
    }
}
