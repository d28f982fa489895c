package org.kopuro.consent;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.kopuro.installation.Installation;
import org.kopuro.kernel.Actor;

/**
 * Writes down what time has brought about: expiry, used-up budgets, overlaps that are over, taxpayers who are no more. No call waits for it: verdicts compare
 * with the clock themselves (CON-71). Any node may look at any time; what one holds the others leave alone.
 */
@Stateless
public class TokenDates {

    /** [data] CON-16. */
    static final Duration OVERLAP = Duration.ofDays(7);
    private static final int AT_ONCE = 500;

    @Inject
    private TokenStore store;
    @Inject
    private TokenChanges changes;
    @Inject
    private Clock clock;

    /** One look, in a transaction of its own; how much was written, which is {@code AT_ONCE} or more where there may be more. */
    @TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
    public int look() {
        Instant now = clock.instant();
        return write(store.expired(now, AT_ONCE), TokenEvent.REACH_EXPIRY, TokenState.EXPIRED, now)
                + write(store.usedUp(now, AT_ONCE), TokenEvent.USE_LAST_UNIT, TokenState.EXHAUSTED, now)
                + write(store.replacedBefore(now.minus(OVERLAP), now, AT_ONCE), TokenEvent.REPLACE, TokenState.REVOKED, now)
                + write(store.ofEndedTaxpayers(LocalDate.ofInstant(now, Installation.ZONE), now, AT_ONCE), TokenEvent.END_SUBJECT, TokenState.REVOKED, now);
    }

    private int write(List<HeldToken> tokens, TokenEvent event, TokenState to, Instant at) {
        tokens.forEach(token -> changes.apply(token, event, to, at, Actor.SYSTEM, ""));
        return tokens.size();
    }
}
