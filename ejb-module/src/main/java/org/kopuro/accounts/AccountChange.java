package org.kopuro.accounts;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** An entry of an account's history: what happened, and who did it and why. */
public record AccountChange(int number, AccountEvent event, AccountState state, Instant at, Optional<UUID> actor, String actorRole, String reason, Optional<Integer> secret) {
}
