package org.kopuro.access.products;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** Something that happened to a product: who did it and, of a withdrawal, why. */
public record ProductHistory(int number, ProductEvent event, Optional<UUID> document, Instant at, UUID actor, String actorRole, String text) {
}
