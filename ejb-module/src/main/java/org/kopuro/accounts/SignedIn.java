package org.kopuro.accounts;

import java.util.Optional;
import java.util.UUID;
import org.kopuro.kernel.Actor;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.Inn;

/**
 * A person who has signed in, however that was done.
 *
 * @param participant for whom a participant's administrator acts
 * @param secret      the number of the secret that was shown; empty where it was a password
 */
public record SignedIn(UUID account, String login, Contour contour, Role role, Optional<Inn> taxpayer, Optional<UUID> participant, Optional<Integer> secret) {

    public Actor actor() {
        return Actor.of(account, role.name());
    }
}
