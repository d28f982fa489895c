package org.kopuro.accounts;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.kopuro.kernel.Actor;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.Inn;

/**
 * A person who has signed in, however that was done, or a participant's program that its subsystem's certificate names.
 *
 * @param account     of a program that has none: its subsystem
 * @param role        in which the person acts: the account's first one, until something is asked that wants another ({@link #as})
 * @param roles       all that the account has, of one side
 * @param participant for whom a participant's people act
 * @param secret      the number of the secret that was shown; empty where it was a password or a certificate
 * @param machine     whether a certificate was shown, and no person is known
 */
public record SignedIn(UUID account, String login, Contour contour, Role role, List<Role> roles, Optional<Inn> taxpayer, Optional<UUID> participant, Optional<Integer> secret,
        boolean machine) {

    public SignedIn {
        roles = List.copyOf(roles);
    }

    public SignedIn(UUID account, String login, Contour contour, Role role, List<Role> roles, Optional<Inn> taxpayer, Optional<UUID> participant, Optional<Integer> secret) {
        this(account, login, contour, role, roles, taxpayer, participant, secret, false);
    }

    public SignedIn(UUID account, String login, Contour contour, Role role, Optional<Inn> taxpayer, Optional<UUID> participant, Optional<Integer> secret) {
        this(account, login, contour, role, List.of(role), taxpayer, participant, secret);
    }

    /** A bank's program that connects with the certificate of its subsystem. */
    static SignedIn bySubsystem(UUID subsystem, Contour contour, UUID participant) {
        return new SignedIn(subsystem, "subsystem-" + subsystem, contour, Role.BANK_OPERATOR, List.of(Role.BANK_OPERATOR), Optional.empty(), Optional.of(participant), Optional.empty(), true);
    }

    /** The same person, acting in the first of these roles that the account has; empty for whoever has none of them. */
    public Optional<SignedIn> as(Collection<Role> permitted) {
        return permitted.stream().filter(roles::contains).findFirst().map(acting -> new SignedIn(account, login, contour, acting, roles, taxpayer, participant, secret, machine));
    }

    /** Whether it is one of the authority's own people. */
    public boolean official() {
        return Role.OFFICIALS.contains(role);
    }

    /** Who did it, in the role in which it was allowed (ACC-1). */
    public Actor actor() {
        return machine ? Actor.ofSubsystem(account) : Actor.of(account, role.name());
    }
}
