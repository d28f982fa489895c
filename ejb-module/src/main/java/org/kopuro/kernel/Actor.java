package org.kopuro.kernel;

import java.util.Optional;
import java.util.UUID;

/**
 * Who does something (ACC-1): an account in one of its roles, a participant's subsystem that calls, or the system itself when a date is reached.
 *
 * @param account the account; of role {@value #SUBSYSTEM} the subsystem, for no person is known; empty for the system
 */
public record Actor(Optional<UUID> account, String role) {

    /** The role of a machine that acts for its participant: not an account's, and no account has it. */
    public static final String SUBSYSTEM = "SUBSYSTEM";

    /** The role of a taxpayer who acts for another one under a mandate: not an account's, and no account has it. */
    public static final String REPRESENTATIVE = "REPRESENTATIVE";

    public static final Actor SYSTEM = new Actor(Optional.empty(), "SYSTEM");

    public static Actor ofSubsystem(UUID subsystem) {
        return new Actor(Optional.of(subsystem), SUBSYSTEM);
    }

    public boolean isSubsystem() {
        return role.equals(SUBSYSTEM);
    }

    /** The same person, for another taxpayer. */
    public Actor representing() {
        return new Actor(account, REPRESENTATIVE);
    }

    public static Actor of(UUID account, String role) {
        return new Actor(Optional.of(account), role);
    }
}
