package org.kopuro.access.catalogue;

import java.util.Optional;

/** The life of a version. The database holds the same table, and holds to it. */
public enum VersionState {
    DRAFT, ANNOUNCED, PUBLISHED, RETIRED;

    /** The state after {@code event}, or empty when this state does not allow it. */
    public Optional<VersionState> on(VersionEvent event) {
        return Optional.ofNullable(switch (event) {
            case DRAFT -> null;
            case ANNOUNCE -> this == DRAFT ? ANNOUNCED : null;
            case RECORD -> this == DRAFT ? PUBLISHED : null;
            case PUBLISH, PUBLISH_IN_EMERGENCY -> this == DRAFT || this == ANNOUNCED ? PUBLISHED : null;
            case DISCARD -> this == DRAFT || this == ANNOUNCED ? RETIRED : null;
            case SUPERSEDE, RETIRE -> this == PUBLISHED ? RETIRED : null;
        });
    }
}
