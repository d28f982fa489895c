package org.kopuro.accounts;

import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.Input;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Refusal;

/**
 * An account that a node administrator makes.
 *
 * @param name      what is chosen of the login; the rest names participant and contour
 * @param fullName  of the person, or what the program is
 * @param subsystem for which alone it speaks where that matters (CON-50)
 */
public record NewApiAccount(String name, AccountKind kind, Role role, String fullName, Optional<UUID> subsystem) {

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{2,39}");

    public NewApiAccount {
        name = Input.text(name, "login", 40);
        if (!NAME.matcher(name).matches()) {
            throw Refusal.of(InputRefusal.FIELD_INVALID, "login");
        }
        fullName = Input.text(fullName, "fullName", 200);
        if (!role.ofParticipant()) {
            throw Refusal.of(AccountRefusal.ROLE_OF_ANOTHER_SIDE, "role");
        }
        if (kind == AccountKind.TECHNICAL && role != Role.PARTICIPANT && role != Role.BANK_OPERATOR) {
            throw Refusal.of(InputRefusal.FIELD_INVALID, "kind");
        }
        if (subsystem.isPresent() && role != Role.PARTICIPANT) {
            throw Refusal.of(InputRefusal.FIELD_INVALID, "subsystem");
        }
    }

    /** Of the participant as a whole. */
    public NewApiAccount(String name, AccountKind kind, Role role, String fullName) {
        this(name, kind, role, fullName, Optional.empty());
    }

    /** Logins of different nodes are never the same: choosing one tells nothing of others (ACC-16). */
    String login(UUID participant, Contour contour) {
        return name + "@" + participant.toString().substring(0, 8) + "." + contour.name().toLowerCase(Locale.ROOT);
    }
}
