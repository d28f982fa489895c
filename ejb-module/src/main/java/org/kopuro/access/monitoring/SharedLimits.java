package org.kopuro.access.monitoring;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.kopuro.installation.Installation;

/** Tells the other nodes what this one let pass and reads what all did, in one transaction, so that what it reads includes what it told. */
@Stateless
public class SharedLimits {

    @Inject
    private LimitStore store;
    @Inject
    private ThresholdStore thresholds;
    @Inject
    private Clock clock;

    /** Tells what this node was presented of unknown tokens, and reads what all were. */
    public List<UnknownTokenCount> exchangeUnknownTokens(List<UnknownTokenCount> own) {
        Instant since = clock.instant().minus(UnknownTokens.FORGIVEN_IN);
        store.addUnknownTokens(own, since);
        return store.unknownTokens(since);
    }

    /** @param former this node's former reading, if what it read of taxpayers is still known */
    public LimitReading exchange(List<AdmittedCalls> own, Optional<LimitReading> former) {
        store.add(own);
        Instant now = clock.instant();
        LocalDate day = LocalDate.ofInstant(now, Installation.ZONE);
        Instant beginning = day.atStartOfDay(Installation.ZONE).toInstant();
        Instant end = day.plusDays(1).atStartOfDay(Installation.ZONE).toInstant();
        Instant hour = now.truncatedTo(ChronoUnit.HOURS);
        List<ThresholdView> inForce = thresholds.inForce(now);
        Map<Caller, LimitReading.Total> totals = inForce.stream().anyMatch(threshold -> threshold.ceilings().ofAWindow()) ? store.totals(beginning, hour, end) : Map.of();
        List<String> services = LimitReading.ofTaxpayers(inForce).map(ThresholdView::service).distinct().toList();
        Optional<Instant> continued = former.flatMap(reading -> reading.continuedFrom(now, day, inForce)).filter(moment -> moment.isAfter(beginning));
        return new LimitReading(now, day, hour, inForce, totals, continued.isEmpty(), services.isEmpty() ? Map.of() : store.taxpayers(services, continued.orElse(beginning), end));
    }
}
