package org.kopuro.kernel;

import java.util.Optional;
import java.util.UUID;

/** What one official proposes another one decides (ACC-2). */
public final class FourEyes {

    private FourEyes() {
    }

    /** The proposal, where there is one and nobody has decided it. */
    public static <P> P undecided(Optional<P> proposal, Outcome<P> outcome, String event) {
        P found = proposal.orElseThrow(() -> Refusal.of(InputRefusal.NOT_FOUND, "proposal"));
        outcome.of(found).ifPresent(was -> {
            throw Refusal.of(InputRefusal.TRANSITION_NOT_ALLOWED, "event", was, event);
        });
        return found;
    }

    /** Nobody approves what he proposed himself. */
    public static UUID another(UUID proposedBy, Actor by, RefusalCode own) {
        UUID account = by.account().orElseThrow();
        if (proposedBy.equals(account)) {
            throw Refusal.of(own, "proposal");
        }
        return account;
    }

    /** What became of a proposal. */
    @FunctionalInterface
    public interface Outcome<P> {
        Optional<? extends Enum<?>> of(P proposal);
    }
}
