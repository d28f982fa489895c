package org.kopuro.access.catalogue;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.kopuro.installation.Installation;
import org.kopuro.kernel.Actor;
import org.kopuro.kernel.Refusal;

/** Compares this catalogue with what the exchange publishes (ACC-86). Reads outside a transaction, because that takes as long as the exchange does. */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class Comparisons {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @Inject
    private ComparisonRecords records;
    @Inject
    private Installation installation;
    @Inject
    private Clock clock;

    /** Now. What cannot be read is an outcome, too. */
    public ComparisonView compare(Actor by) {
        Instant asked = clock.instant();
        ExchangeReading reading = new ExchangeCatalogue(installation, PATIENCE)
                .read(installation.exchangeCatalogue().orElseThrow(() -> Refusal.of(CatalogueRefusal.EXCHANGE_CATALOGUE_NOT_SET)));
        return records.record(reading, asked, by);
    }

    /** Compares when the last comparison of any node is long enough ago; whether it did. */
    public boolean compareIfDue() {
        boolean due = installation.exchangeCatalogue().isPresent()
                && records.lastAskedAt().map(last -> !clock.instant().isBefore(last.plus(installation.exchangeCatalogueEvery()))).orElse(true);
        if (due) {
            compare(Actor.SYSTEM);
        }
        return due;
    }

    /** The newest first. */
    public List<ComparisonView> list(int limit) {
        return records.list(limit);
    }

    /** Open ones, or all, the newest first. */
    public List<Discrepancy> tasks(boolean closedToo, int limit) {
        return records.tasks(closedToo, limit);
    }
}
