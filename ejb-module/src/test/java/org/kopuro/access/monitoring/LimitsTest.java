package org.kopuro.access.monitoring;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.kopuro.access.AccessRefusal;
import org.kopuro.installation.Installation;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.Refusal;
import org.kopuro.participants.SubsystemId;

/** What a node's memory lets pass. No database: what the nodes tell each other is handed over by hand. */
class LimitsTest {

    private static final Instant TEN_FIFTY = Instant.parse("2026-03-02T04:50:00Z");
    private static final Caller BANK = new Caller(Contour.TEST, UUID.randomUUID(), "headcount");
    private static final Caller OTHER = new Caller(Contour.TEST, UUID.randomUUID(), "headcount");

    private final Ticks ticks = new Ticks();
    private final Limits limits = new Limits(ticks);

    @Test
    void withoutAThresholdThereIsNoLimit() {
        calls(limits, 10_000, TEN_FIFTY);
    }

    @Test
    void theCallAtTheLimitPassesAndTheNextIsToldWhenToComeAgain() {
        settle(limits, TEN_FIFTY, threshold(null, 5, null, null));
        calls(limits, 5, TEN_FIFTY);
        assertLimited("limit.callsPerHour", 5, "2026-03-02T05:00:00Z", () -> limits.admit(BANK, TEN_FIFTY.plusSeconds(599)));
        calls(limits, 5, TEN_FIFTY.plusSeconds(600));
    }

    @Test
    void aDayEndsAtMidnightInBishkek() {
        settle(limits, TEN_FIFTY, threshold(null, null, 3, null));
        Instant lastSecond = Instant.parse("2026-03-02T17:59:59Z");
        calls(limits, 2, TEN_FIFTY);
        calls(limits, 1, lastSecond);
        assertLimited("limit.callsPerDay", 3, "2026-03-02T18:00:00Z", () -> limits.admit(BANK, lastSecond));
        calls(limits, 3, lastSecond.plusSeconds(1));
        assertLimited("limit.callsPerDay", 3, "2026-03-03T18:00:00Z", () -> limits.admit(BANK, lastSecond.plusSeconds(1)));
    }

    @Test
    void whatALimitRefusedCountsTowardsNone() {
        settle(limits, TEN_FIFTY, threshold(1, null, 2, null));
        calls(limits, 1, TEN_FIFTY);
        for (int i = 0; i < 10; i++) {
            assertLimited("limit.callsPerSecond", 1, "2026-03-02T04:50:01Z", () -> limits.admit(BANK, TEN_FIFTY));
        }
        ticks.advance(Duration.ofSeconds(1));
        calls(limits, 1, TEN_FIFTY.plusSeconds(1));
        ticks.advance(Duration.ofSeconds(1));
        assertLimited("limit.callsPerDay", 2, "2026-03-02T18:00:00Z", () -> limits.admit(BANK, TEN_FIFTY.plusSeconds(2)));
    }

    @Test
    void aSecondIsCountedByAClockThatNobodyPutsBack() {
        settle(limits, TEN_FIFTY, threshold(2, null, null, null));
        calls(limits, 2, TEN_FIFTY);
        Instant putBack = TEN_FIFTY.minus(Duration.ofHours(5));
        assertLimited("limit.callsPerSecond", 2, "2026-03-01T23:50:01Z", () -> limits.admit(BANK, putBack));
        ticks.advance(Duration.ofSeconds(1));
        calls(limits, 2, putBack);
    }

    @Test
    void aClockThatIsPutForwardAndBackFindsItsHourAsItWas() {
        settle(limits, TEN_FIFTY, threshold(null, 3, null, null));
        calls(limits, 2, TEN_FIFTY);
        calls(limits, 3, TEN_FIFTY.plus(30, ChronoUnit.DAYS));
        calls(limits, 1, TEN_FIFTY);
        assertLimited("limit.callsPerHour", 3, "2026-03-02T05:00:00Z", () -> limits.admit(BANK, TEN_FIFTY));
    }

    @Test
    void aSubsystemsOwnThresholdStandsBeforeTheDefaultNumberByNumber() {
        ThresholdView usual = threshold(null, 2, 4, null);
        ThresholdView special = new ThresholdView(UUID.randomUUID(), 2, Contour.TEST, BANK.service(), Optional.of(new SubsystemId(BANK.subsystem())), TEN_FIFTY,
                new Ceilings(Optional.empty(), Optional.of(3), Optional.empty(), Optional.empty()), "more", TEN_FIFTY);
        settle(limits, TEN_FIFTY, usual, special);
        calls(limits, 3, TEN_FIFTY);
        assertLimited("limit.callsPerHour", 3, "2026-03-02T05:00:00Z", () -> limits.admit(BANK, TEN_FIFTY));
        calls(limits, 1, TEN_FIFTY.plusSeconds(600));
        assertLimited("limit.callsPerDay", 4, "2026-03-02T18:00:00Z", () -> limits.admit(BANK, TEN_FIFTY.plusSeconds(600)));
        limits.admit(OTHER, TEN_FIFTY);
        limits.admit(OTHER, TEN_FIFTY);
        assertThrows(Refusal.class, () -> limits.admit(OTHER, TEN_FIFTY));
        assertDoesNotThrow(() -> limits.admit(new Caller(Contour.PRODUCTION, BANK.subsystem(), BANK.service()), TEN_FIFTY));
    }

    @Test
    void whatIsBeingToldCountsMeanwhileAndOnlyOnceAfterwards() {
        settle(limits, TEN_FIFTY, threshold(null, 10, null, null));
        calls(limits, 4, TEN_FIFTY);
        assertEquals(List.of(new AdmittedCalls(BANK, TEN_FIFTY.truncatedTo(ChronoUnit.HOURS), 4)), limits.tell());
        calls(limits, 2, TEN_FIFTY);
        // The telling failed: the next one tells all of it.
        assertEquals(6, limits.tell().get(0).calls());
        // Another node had let pass three.
        limits.settle(new LimitReading(TEN_FIFTY, day(TEN_FIFTY), TEN_FIFTY.truncatedTo(ChronoUnit.HOURS), List.of(threshold(null, 10, null, null)),
                Map.of(BANK, new LimitReading.Total(9, 9)), true, Map.of()));
        calls(limits, 1, TEN_FIFTY);
        assertThrows(Refusal.class, () -> limits.admit(BANK, TEN_FIFTY));
        assertEquals(1, limits.tell().get(0).calls());
    }

    @Test
    void callsAtTheSameInstantDoNotPassTogetherBeyondTheLimit() throws Exception {
        settle(limits, TEN_FIFTY, threshold(null, 1000, null, null));
        ExecutorService callers = Executors.newFixedThreadPool(8);
        try {
            Callable<Integer> caller = () -> (int) IntStream.range(0, 500).filter(i -> {
                try {
                    limits.admit(BANK, TEN_FIFTY);
                    return true;
                } catch (Refusal refused) {
                    return false;
                }
            }).count();
            int passed = 0;
            for (Future<Integer> one : callers.invokeAll(List.of(caller, caller, caller, caller, caller, caller, caller, caller))) {
                passed += one.get();
            }
            assertEquals(1000, passed);
        } finally {
            callers.shutdown();
        }
    }

    @Test
    void aTaxpayerOfTheDayPassesAgainAndOneTooManyDoesNot() {
        settle(limits, TEN_FIFTY, threshold(null, null, null, 2));
        List.of("23002198000001", "23002198000002", "23002198000001").forEach(inn -> {
            limits.admitTaxpayer(BANK, inn, TEN_FIFTY);
            limits.sawTaxpayer(BANK, inn, TEN_FIFTY);
        });
        assertLimited("limit.taxpayersPerDay", 2, "2026-03-02T18:00:00Z", () -> limits.admitTaxpayer(BANK, "23002198000003", TEN_FIFTY));
        limits.admitTaxpayer(BANK, "23002198000003", TEN_FIFTY.plus(Duration.ofDays(1)));
    }

    @Test
    void aTaxpayerOfWhomNothingIsDisclosedTakesNobodysPlace() {
        settle(limits, TEN_FIFTY, threshold(null, null, null, 1));
        IntStream.range(0, 10).forEach(i -> limits.admitTaxpayer(BANK, "2300219800000" + i, TEN_FIFTY));
        limits.sawTaxpayer(BANK, "23002198000001", TEN_FIFTY);
        limits.admitTaxpayer(BANK, "23002198000001", TEN_FIFTY);
        assertThrows(Refusal.class, () -> limits.admitTaxpayer(BANK, "23002198000002", TEN_FIFTY));
    }

    @Test
    void taxpayersThatOtherNodesSawCountHere() {
        limits.settle(new LimitReading(TEN_FIFTY, day(TEN_FIFTY), TEN_FIFTY.truncatedTo(ChronoUnit.HOURS), List.of(threshold(null, null, null, 2)), Map.of(), true,
                Map.of(BANK, List.of(23002198000001L, 23002198000002L))));
        limits.admitTaxpayer(BANK, "23002198000002", TEN_FIFTY);
        assertThrows(Refusal.class, () -> limits.admitTaxpayer(BANK, "23002198000003", TEN_FIFTY));
    }

    @Test
    void aDayThatTurnedHereIsReadAsAWhole() {
        settle(limits, TEN_FIFTY, threshold(null, null, null, 2));
        limits.admitTaxpayer(BANK, "23002198000001", TEN_FIFTY);
        assertEquals(true, limits.former().isPresent());
        limits.admitTaxpayer(BANK, "23002198000001", TEN_FIFTY.plus(Duration.ofDays(1)));
        assertEquals(Optional.empty(), limits.former());
        settle(limits, TEN_FIFTY.plus(Duration.ofDays(1)), threshold(null, null, null, 2));
        assertEquals(true, limits.former().isPresent());
    }

    @Test
    void onlyAReadingOfTheSameDayUnderTheSameThresholdsIsContinued() {
        ThresholdView known = threshold(null, null, null, 2);
        LimitReading reading = new LimitReading(TEN_FIFTY, day(TEN_FIFTY), TEN_FIFTY.truncatedTo(ChronoUnit.HOURS), List.of(known), Map.of(), true, Map.of());
        assertEquals(Optional.of(TEN_FIFTY.minusSeconds(60)), reading.continuedFrom(TEN_FIFTY.plusSeconds(5), day(TEN_FIFTY), List.of(known)));
        assertEquals(Optional.empty(), reading.continuedFrom(TEN_FIFTY.plusSeconds(5), day(TEN_FIFTY), List.of(known, threshold(null, null, null, 3))));
        assertEquals(Optional.empty(), reading.continuedFrom(TEN_FIFTY.minusSeconds(5), day(TEN_FIFTY), List.of(known)));
        assertEquals(Optional.empty(), reading.continuedFrom(TEN_FIFTY.plusSeconds(86_400), day(TEN_FIFTY).plusDays(1), List.of(known)));
    }

    @Test
    void tenUnknownTokensAreForgivenAndThenOneAMinute() {
        for (int i = 0; i < UnknownTokens.FORGIVEN; i++) {
            limits.admitToken(BANK, TEN_FIFTY);
            limits.sawUnknownToken(BANK.contour(), BANK.subsystem(), TEN_FIFTY);
        }
        assertLimited("limit.unknownTokens", 10, "2026-03-02T04:51:00Z", () -> limits.admitToken(BANK, TEN_FIFTY));
        limits.admitToken(OTHER, TEN_FIFTY);
        ticks.advance(Duration.ofSeconds(59));
        assertThrows(Refusal.class, () -> limits.admitToken(BANK, TEN_FIFTY.plusSeconds(59)));
        ticks.advance(Duration.ofSeconds(1));
        limits.admitToken(BANK, TEN_FIFTY.plusSeconds(60));
        settle(limits, TEN_FIFTY);
        limits.sawUnknownToken(BANK.contour(), BANK.subsystem(), TEN_FIFTY);
        assertThrows(Refusal.class, () -> limits.admitToken(BANK, TEN_FIFTY.plusSeconds(61)));
    }

    @Test
    void unknownTokensOfAllNodesCountTogetherAndOnce() {
        Limits other = new Limits(ticks);
        other.hearUnknownTokens(List.of());
        limits.hearUnknownTokens(List.of());
        for (int i = 0; i < 6; i++) {
            other.sawUnknownToken(BANK.contour(), BANK.subsystem(), TEN_FIFTY);
        }
        for (int i = 0; i < 4; i++) {
            limits.sawUnknownToken(BANK.contour(), BANK.subsystem(), TEN_FIFTY);
        }
        limits.admitToken(BANK, TEN_FIFTY);
        List<UnknownTokenCount> all = Stream.concat(limits.tellUnknownTokens(TEN_FIFTY).stream(), other.tellUnknownTokens(TEN_FIFTY).stream()).toList();
        for (int i = 0; i < 3; i++) {
            limits.hearUnknownTokens(all);
        }
        assertLimited("limit.unknownTokens", 10, "2026-03-02T04:51:00Z", () -> limits.admitToken(BANK, TEN_FIFTY));
        ticks.advance(Duration.ofSeconds(60));
        limits.hearUnknownTokens(all);
        limits.admitToken(BANK, TEN_FIFTY.plusSeconds(60));
        Limits started = new Limits(ticks);
        started.hearUnknownTokens(all);
        started.admitToken(BANK, TEN_FIFTY);
        assertEquals(List.of(), other.tellUnknownTokens(TEN_FIFTY.plusSeconds(660)), "nobody needs to know any more");
    }

    private static void calls(Limits node, int number, Instant at) {
        for (int i = 0; i < number; i++) {
            node.admit(BANK, at);
        }
    }

    private static void settle(Limits node, Instant at, ThresholdView... thresholds) {
        node.settle(new LimitReading(at, day(at), at.truncatedTo(ChronoUnit.HOURS), Arrays.asList(thresholds), Map.of(), true, Map.of()));
    }

    private static ThresholdView threshold(Integer second, Integer hour, Integer day, Integer taxpayers) {
        return new ThresholdView(UUID.randomUUID(), 1, Contour.TEST, BANK.service(), Optional.empty(), TEN_FIFTY,
                new Ceilings(Optional.ofNullable(second), Optional.ofNullable(hour), Optional.ofNullable(day), Optional.ofNullable(taxpayers)), "in a test", TEN_FIFTY);
    }

    private static LocalDate day(Instant moment) {
        return LocalDate.ofInstant(moment, Installation.ZONE);
    }

    private static void assertLimited(String field, int ceiling, String until, Runnable call) {
        Refusal refused = assertThrows(Refusal.class, call::run);
        assertEquals(List.of(AccessRefusal.RATE_LIMITED, field, String.valueOf(ceiling), until), List.of(refused.code(), refused.field(), refused.argument(0), refused.argument(1)));
    }

    /** A monotonic clock that stands still. */
    private static final class Ticks implements TimeMeter {

        private long nanos = 1_000_000_000_000L;

        void advance(Duration duration) {
            nanos += duration.toNanos();
        }

        @Override
        public long currentTimeNanos() {
            return nanos;
        }

        @Override
        public boolean isWallClockBased() {
            return false;
        }
    }
}
