package org.kopuro.access.catalogue;

/** What happens to a version. */
public enum VersionEvent {
    DRAFT, ANNOUNCE,
    /** Writes down what was served before the catalogue held versions. */
    RECORD,
    PUBLISH,
    /** Without the notice of ACC-91 in time. */
    PUBLISH_IN_EMERGENCY,
    DISCARD,
    /** Another revision under the same name takes its place. */
    SUPERSEDE,
    RETIRE;

    boolean needsReason() {
        return this == PUBLISH_IN_EMERGENCY || this == DISCARD || this == RETIRE;
    }
}
