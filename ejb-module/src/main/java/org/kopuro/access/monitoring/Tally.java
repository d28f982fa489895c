package org.kopuro.access.monitoring;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.kopuro.installation.Installation;

/**
 * What this node knows of one caller's use: its own calls, and those that all nodes had told when it last read them. A call is counted in the hour that the clock
 * says; hours that a jump of the clock has left behind count for nothing but themselves.
 */
final class Tally {

    private final TimeMeter time;
    /** Own calls by hours: not told to the others, and being told just now. */
    private final Map<Instant, Long> untold = new TreeMap<>();
    private final Map<Instant, Long> telling = new TreeMap<>();
    private Instant hourRead = Instant.MIN;
    private LocalDate dayRead = LocalDate.MIN;
    private LimitReading.Total told = LimitReading.Total.NONE;
    private LocalDate taxpayersDay = LocalDate.MIN;
    private final Set<Long> taxpayers = new HashSet<>();
    private boolean turned;
    private int perSecond;
    private Bucket bucket;

    Tally(TimeMeter time) {
        this.time = time;
    }

    /** A limit that a call ran into, and from when on it would pass. */
    record Reached(String limit, int ceiling, Instant until) {
    }

    /** Counts a call, or says which limit is in its way. */
    synchronized Optional<Reached> admit(Ceilings ceilings, Instant now) {
        Optional<Reached> full = full(ceilings, now);
        if (full.isPresent()) {
            return full;
        }
        if (ceilings.callsPerSecond().isPresent()) {
            ConsumptionProbe probe = bucket(ceilings.callsPerSecond().get()).tryConsumeAndReturnRemaining(1);
            if (!probe.isConsumed()) {
                return Optional.of(new Reached("callsPerSecond", perSecond, now.plusNanos(probe.getNanosToWaitForRefill())));
            }
        }
        count(now);
        return Optional.empty();
    }

    /** Says which of the limits of an hour and a day has no room for another call. */
    synchronized Optional<Reached> full(Ceilings ceilings, Instant now) {
        Instant hour = now.truncatedTo(ChronoUnit.HOURS);
        LocalDate day = day(now);
        if (ceilings.callsPerDay().filter(most -> inDay(day) >= most).isPresent()) {
            return Optional.of(new Reached("callsPerDay", ceilings.callsPerDay().get(), beginningOf(day.plusDays(1))));
        }
        if (ceilings.callsPerHour().filter(most -> inHour(hour) >= most).isPresent()) {
            return Optional.of(new Reached("callsPerHour", ceilings.callsPerHour().get(), hour.plus(1, ChronoUnit.HOURS)));
        }
        return Optional.empty();
    }

    synchronized void count(Instant now) {
        untold.merge(now.truncatedTo(ChronoUnit.HOURS), 1L, Long::sum);
    }

    /** Says where the day has no room for another taxpayer. */
    synchronized Optional<Reached> admitTaxpayer(Ceilings ceilings, String inn, Instant now) {
        if (ceilings.taxpayersPerDay().isEmpty()) {
            return Optional.empty();
        }
        LocalDate day = turnTo(day(now));
        long number = Long.parseLong(inn);
        if (!taxpayers.contains(number) && taxpayers.size() >= ceilings.taxpayersPerDay().get()) {
            return Optional.of(new Reached("taxpayersPerDay", ceilings.taxpayersPerDay().get(), beginningOf(day.plusDays(1))));
        }
        return Optional.empty();
    }

    /** Counts a taxpayer. Of calls at the same instant all may have found room: so many more pass. */
    synchronized void sawTaxpayer(Ceilings ceilings, String inn, Instant now) {
        if (ceilings.taxpayersPerDay().isPresent()) {
            turnTo(day(now));
            taxpayers.add(Long.parseLong(inn));
        }
    }

    /** Whether taxpayers of the day may have been forgotten: the day has turned, here, since they were read. */
    synchronized boolean lacksTaxpayers() {
        return turned;
    }

    /** What the others have not been told; from now on it is being told. */
    synchronized List<AdmittedCalls> tell(Caller caller) {
        untold.forEach((hour, calls) -> telling.merge(hour, calls, Long::sum));
        untold.clear();
        List<AdmittedCalls> calls = new ArrayList<>();
        telling.forEach((hour, number) -> calls.add(new AdmittedCalls(caller, hour, number)));
        return calls;
    }

    /** The others have been told, and this is what all had told by then. */
    synchronized void settle(LimitReading reading, LimitReading.Total total, Optional<List<Long>> read) {
        telling.clear();
        hourRead = reading.hour();
        dayRead = reading.day();
        told = total;
        read.ifPresent(numbers -> {
            turnTo(reading.day());
            taxpayers.addAll(numbers);
            turned &= !reading.wholeDay();
        });
    }

    private long inHour(Instant hour) {
        return (hourRead.equals(hour) ? told.hour() : 0) + untold.getOrDefault(hour, 0L) + telling.getOrDefault(hour, 0L);
    }

    private long inDay(LocalDate day) {
        return (dayRead.equals(day) ? told.day() : 0) + Stream.of(untold, telling).flatMap(calls -> calls.entrySet().stream())
                .filter(calls -> day(calls.getKey()).equals(day)).mapToLong(Map.Entry::getValue).sum();
    }

    private LocalDate turnTo(LocalDate day) {
        if (!taxpayersDay.equals(day)) {
            turned = !taxpayersDay.equals(LocalDate.MIN);
            taxpayersDay = day;
            taxpayers.clear();
        }
        return day;
    }

    private Bucket bucket(int calls) {
        if (bucket == null || perSecond != calls) {
            perSecond = calls;
            bucket = Bucket.builder().addLimit(limit -> limit.capacity(calls).refillGreedy(calls, Duration.ofSeconds(1))).withCustomTimePrecision(time).build();
        }
        return bucket;
    }

    private static LocalDate day(Instant moment) {
        return LocalDate.ofInstant(moment, Installation.ZONE);
    }

    private static Instant beginningOf(LocalDate day) {
        return day.atStartOfDay(Installation.ZONE).toInstant();
    }
}
