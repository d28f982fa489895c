package org.kopuro.consent.retention;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import org.kopuro.ledger.Ledger;
import org.kopuro.ledger.LedgerEvent;

/** Erases what the authority need not keep any more (CON-146). Any node may try at any time; one does it. */
@Stateless
public class Retention {

    /** Consents, calls and so on, of each; each of them has a few rows besides, and a form its files. */
    static final int AT_ONCE = 500;

    @Inject
    private RetentionStore store;
    @Inject
    private Ledger ledger;
    @Inject
    private Clock clock;

    /** One round, in a transaction of its own; empty where nothing is due, or another node is at it. */
    @TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
    public Optional<Erased> round() {
        Optional<Erased> erased = store.erase(UUID.randomUUID(), clock.instant(), AT_ONCE);
        erased.ifPresent(done -> {
            LedgerEvent event = LedgerEvent.itself("consent.erased", 1, Optional.empty(), "erasure", done.id(), done.at());
            done.counts().forEach((what, rows) -> event.with(what, rows.longValue()));
            ledger.record(event);
        });
        return erased;
    }
}
