package org.kopuro.installation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Pauses after failures in a row. */
class SetbacksTest {

    @Test
    void pausesDoubleUpToSixHours() {
        assertEquals(List.of(1L, 2L, 4L, 8L, 16L, 32L, 64L, 128L, 256L, 360L, 360L), IntStream.rangeClosed(1, 11).mapToObj(Setbacks::pause).map(Duration::toMinutes).toList());
        assertEquals(Duration.ofHours(6), Setbacks.pause(1_000_000));
    }
}
