package org.kopuro.ledger;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.util.Collection;

/** Where business code tells what it did. */
@Stateless
public class Ledger {

    @Inject
    private EntryStore entries;
    @Inject
    private BlindingSecrets secrets;

    /** Records the event in the caller's transaction: both are committed, or neither. Costs one insert and waits for nobody. */
    @TransactionAttribute(TransactionAttributeType.MANDATORY)
    public void record(LedgerEvent event) {
        entries.add(event.id(), event.contour(), event.recordId(), secrets.current(), event.content(secrets));
    }

    /** As {@link #record}, of many: they are sent together. */
    @TransactionAttribute(TransactionAttributeType.MANDATORY)
    public void recordAll(Collection<LedgerEvent> events) {
        entries.addAll(events, secrets);
    }
}
