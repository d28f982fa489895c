package org.kopuro.access.monitoring;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What all nodes together know at a moment.
 *
 * @param thresholds in force
 * @param totals     admitted calls of whoever has a limit of an hour or a day
 * @param taxpayers  numbers asked for by whoever has a limit of them: of the whole day, or those since the former reading
 */
public record LimitReading(Instant at, LocalDate day, Instant hour, List<ThresholdView> thresholds, Map<Caller, Total> totals, boolean wholeDay, Map<Caller, List<Long>> taxpayers) {

    /** How far behind a reading its rows may be committed. */
    private static final Duration COMMITTED_WITHIN = Duration.ofMinutes(1);

    /** From when on the next reading has to read taxpayers, if it need not read the whole day. */
    Optional<Instant> continuedFrom(Instant now, LocalDate today, List<ThresholdView> inForce) {
        Set<UUID> known = ofTaxpayers(thresholds).map(ThresholdView::id).collect(Collectors.toSet());
        boolean continued = day.equals(today) && !at.isAfter(now) && ofTaxpayers(inForce).allMatch(threshold -> known.contains(threshold.id()));
        return continued ? Optional.of(at.minus(COMMITTED_WITHIN)) : Optional.empty();
    }

    static Stream<ThresholdView> ofTaxpayers(List<ThresholdView> thresholds) {
        return thresholds.stream().filter(threshold -> threshold.ceilings().taxpayersPerDay().isPresent());
    }

    /** Calls since the beginning of the hour and of the day. */
    public record Total(long hour, long day) {

        static final Total NONE = new Total(0, 0);
    }
}
