package org.kopuro.notices;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RetryTest {

    private static final Instant WRITTEN = Instant.parse("2026-03-02T06:00:00Z");
    private final Random chance = new Random(1);

    @Test
    void waitsBetweenAMinuteAndSixHours() {
        for (int failures = 1; failures < 200; failures++) {
            Duration wait = Duration.between(WRITTEN, Retry.after(failures, WRITTEN, WRITTEN, chance));
            assertTrue(wait.compareTo(Retry.SHORTEST) >= 0 && wait.compareTo(Retry.LONGEST) <= 0, wait.toString());
        }
        assertTrue(Duration.between(WRITTEN, Retry.after(1, WRITTEN, WRITTEN, chance)).compareTo(Duration.ofSeconds(75)) <= 0);
        assertTrue(Duration.between(WRITTEN, Retry.after(50, WRITTEN, WRITTEN, chance)).compareTo(Duration.ofHours(4)) >= 0);
    }

    @Test
    void waitsLongerAfterThreeDaysAndNeverForEver() {
        Instant now = WRITTEN.plus(Notices.PATIENCE);
        for (int failures = 1; failures < 200; failures++) {
            Duration wait = Duration.between(now, Retry.after(failures, WRITTEN, now, chance));
            assertTrue(wait.compareTo(Duration.ofHours(18)) >= 0 && wait.compareTo(Duration.ofDays(1)) <= 0, wait.toString());
        }
    }

    @Test
    void doesNotBringBackTogetherWhatFailedTogether() {
        Set<Instant> moments = new HashSet<>();
        for (int i = 0; i < 100; i++) {
            moments.add(Retry.after(5, WRITTEN, WRITTEN, chance));
        }
        assertEquals(100, moments.size());
    }
}
