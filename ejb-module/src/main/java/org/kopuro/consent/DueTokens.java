package org.kopuro.consent;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.kopuro.kernel.Actor;

/** The transactions in which what is due for tokens is written. */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class DueTokens {

    private static final int AT_ONCE = 500;

    @Inject
    private TokenStore store;
    @Inject
    private TokenChanges changes;
    @Inject
    private Clock clock;

    /** All of a kind that are due, up to a batch; how many. */
    public int write(TokenDue kind) {
        Instant now = clock.instant();
        return write(kind, store.due(kind, now, Optional.empty(), AT_ONCE), now);
    }

    /** One alone, which may have been put off before; 0 where it is no longer due, or another node's. */
    public int write(TokenDue kind, UUID token) {
        Instant now = clock.instant();
        return write(kind, store.due(kind, now, Optional.of(token), 1), now);
    }

    /** What is due of a kind, for whoever writes one after the other. */
    public List<UUID> ids(TokenDue kind) {
        return store.ids(kind, clock.instant(), AT_ONCE);
    }

    private int write(TokenDue kind, List<HeldToken> tokens, Instant at) {
        tokens.forEach(token -> changes.apply(token, kind.event(), kind.state(), at, Actor.SYSTEM, ""));
        return tokens.size();
    }
}
