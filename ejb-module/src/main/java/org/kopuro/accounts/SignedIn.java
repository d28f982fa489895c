package org.kopuro.accounts;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.kopuro.kernel.Actor;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.Inn;

/**
 * A person who has signed in, however that was done.
 *
 * @param role        in which the person acts: the account's first one, until something is asked that wants another ({@link #as})
 * @param roles       all that the account has, of one side
 * @param participant for whom a participant's people act
 * @param secret      the number of the secret that was shown; empty where it was a password
 */
public record SignedIn(UUID account, String login, Contour contour, Role role, List<Role> roles, Optional<Inn> taxpayer, Optional<UUID> participant, Optional<Integer> secret) {

    public SignedIn {
        roles = List.copyOf(roles);
    }

    public SignedIn(UUID account, String login, Contour contour, Role role, Optional<Inn> taxpayer, Optional<UUID> participant, Optional<Integer> secret) {
        this(account, login, contour, role, List.of(role), taxpayer, participant, secret);
    }

    /** The same person, acting in the first of these roles that the account has; empty for whoever has none of them. */
    public Optional<SignedIn> as(Collection<Role> permitted) {
        return permitted.stream().filter(roles::contains).findFirst().map(acting -> new SignedIn(account, login, contour, acting, roles, taxpayer, participant, secret));
    }

    /** Whether it is one of the authority's own people. */
    public boolean official() {
        return Role.OFFICIALS.contains(role);
    }

    /** Who did it, in the role in which it was allowed (ACC-1). */
    public Actor actor() {
        return Actor.of(account, role.name());
    }
}
