package org.kopuro.access.catalogue;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A difference that a comparison found, from then until a later one no longer finds it.
 *
 * @param service empty where it is about none
 * @param version as listed or as offered; of {@link TaskKind#PROTOCOL_DIFFERS} the kind that is listed, of {@link TaskKind#TITLE_DIFFERS} the language
 */
public record TaskView(UUID id, TaskKind kind, Optional<String> service, Optional<String> version, Instant openedAt, Optional<Instant> closedAt, Optional<UUID> ownerAccount,
        Optional<String> ownerUnit) {
}
