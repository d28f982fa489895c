package org.kopuro.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Moments as callers write them. */
class WritingAMomentTest {

    @Test
    void itHasAZoneAndAYearThatTheDatabaseKnows() {
        assertEquals(Instant.parse("2026-03-01T06:00:00Z"), Input.instant("2026-03-01T12:00:00+06:00", "at"));
        assertEquals(Instant.parse("9999-12-31T23:59:59Z"), Input.instant("9999-12-31T23:59:59Z", "at"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-03-01T12:00:00", "2026-03-01", "+999999999-12-31T23:59:59Z", "+10000-01-01T00:00:00Z", "0000-12-31T00:00:00Z", "-0044-03-15T12:00:00Z", "now"})
    void othersAreRefused(String text) {
        assertEquals(InputRefusal.FIELD_INVALID, assertThrows(Refusal.class, () -> Input.instant(text, "at")).code());
    }
}
