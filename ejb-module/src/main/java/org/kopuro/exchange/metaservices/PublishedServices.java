package org.kopuro.exchange.metaservices;

import java.util.Optional;
import java.util.Set;

/** Services that an edge answers together. */
public interface PublishedServices {

    Protocol protocol();

    /** As the header or the path names them. */
    Set<String> serviceCodes();

    /** The major versions that this code answers, for example {@code v1}: no other is published, listed or called. */
    Set<String> majorVersions();

    /** The version of services for participants that need not be connected; empty where calling presupposes a connection and a right. */
    default Optional<String> versionForApplicants() {
        return Optional.empty();
    }

    /** Whether these are services about services, which no list shows. */
    default boolean metaservices() {
        return false;
    }
}
