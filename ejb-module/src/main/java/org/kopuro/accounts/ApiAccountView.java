package org.kopuro.accounts;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.kopuro.kernel.Contour;

/**
 * A participant's account as it is now.
 *
 * @param subsystem for which alone it speaks
 * @param secrets   that can be signed in with, the newest first
 */
public record ApiAccountView(UUID id, String login, UUID participant, Contour contour, AccountKind kind, Role role, String fullName, AccountState state, Instant createdAt, int events,
        Optional<UUID> subsystem, List<Secret> secrets) {

    public ApiAccountView {
        secrets = List.copyOf(secrets);
    }

    /** The number of the one that no other has followed; empty where that was revoked, or the account has a password. */
    public Optional<Integer> currentSecret() {
        return secrets.stream().filter(secret -> secret.validUntil().isEmpty()).map(Secret::number).findFirst();
    }

    /** One of the secrets; {@code validUntil} of one that another has followed. */
    public record Secret(int number, Instant issuedAt, Optional<Instant> validUntil) {
    }
}
