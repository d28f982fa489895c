package org.kopuro.access.catalogue;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A difference that a comparison found, from then until a later one no longer finds it.
 *
 * @param service empty where it is about none
 * @param version as listed or as offered; of {@link DiscrepancyKind#PROTOCOL_DIFFERS} the kind that is listed, of {@link DiscrepancyKind#TITLE_DIFFERS} the language
 */
public record Discrepancy(UUID id, DiscrepancyKind kind, Optional<String> service, Optional<String> version, Instant openedAt, Optional<Instant> closedAt, Optional<UUID> ownerAccount,
        Optional<String> ownerUnit) {
}
