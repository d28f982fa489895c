package org.kopuro.consent;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import org.kopuro.installation.Setback;
import org.kopuro.installation.Setbacks;

/**
 * Writes down what time has brought about: expiry, used-up budgets, overlaps that are over, taxpayers who are no more. No call waits for it: verdicts compare
 * with the clock themselves (CON-71). Any node may look at any time; what one holds the others leave alone. Outside a transaction: many are written in one, and where that fails, each in one of
 * its own, so that a token that cannot be written is put off and no other waits for it.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class TokenDates {

    /** [data] CON-16. */
    static final Duration OVERLAP = Duration.ofDays(7);

    private static final Logger LOG = Logger.getLogger(TokenDates.class.getName());

    @Inject
    private DueTokens due;
    @Inject
    private Setbacks setbacks;
    @Inject
    private Clock clock;

    public TokenDates() {
    }

    TokenDates(DueTokens due, Setbacks setbacks, Clock clock) {
        this.due = due;
        this.setbacks = setbacks;
        this.clock = clock;
    }

    /** One look; how much was written. */
    public int look() {
        int written = 0;
        Instant now = clock.instant();
        Set<String> retried = setbacks.list().stream().filter(one -> one.matter().startsWith("token ") && !one.nextAt().isAfter(now)).map(Setback::matter).collect(Collectors.toSet());
        for (TokenDue kind : TokenDue.values()) {
            try {
                written += due.write(kind);
            } catch (RuntimeException e) {
                LOG.log(Level.WARNING, "Tokens whose moment has come are written one by one, as together they fail: {0}", e.getMessage());
                written += oneByOne(kind, retried);
            }
        }
        retried.forEach(setbacks::over);
        return written;
    }

    private int oneByOne(TokenDue kind, Set<String> retried) {
        int written = 0;
        for (UUID token : due.ids(kind)) {
            try {
                written += due.write(kind, token);
            } catch (RuntimeException e) {
                LOG.log(Level.WARNING, "What is due for token {0} failed and is tried again: {1}", new Object[] {token, e.getMessage()});
                setbacks.failed(kind.matter(token.toString()), e);
                retried.remove(kind.matter(token.toString()));
            }
        }
        return written;
    }
}
