package org.kopuro.kernel;

import java.util.Optional;
import java.util.UUID;

/**
 * Who does something (ACC-1): an account in one of its roles, or the system itself when a date is reached.
 *
 * @param account empty for the system
 */
public record Actor(Optional<UUID> account, String role) {

    public static final Actor SYSTEM = new Actor(Optional.empty(), "SYSTEM");

    public static Actor of(UUID account, String role) {
        return new Actor(Optional.of(account), role);
    }
}
