package org.kopuro.consent;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kopuro.installation.SecretFiles;
import org.kopuro.kernel.Contour;
import org.kopuro.testing.TestClock;

/** A pepper is added to the folder that two nodes share, while both are at work. */
class AddingAPepperTest {

    private static final SecureRandom RANDOM = new SecureRandom();
    @TempDir
    private Path folder;
    private final TestClock clock = new TestClock(Instant.parse("2026-03-02T04:00:00Z"));

    @Test
    void findsTokensAtOnceAndMakesThemWhenEveryNodeHasReadIt() {
        Peppers one = new Peppers(folder, RANDOM, clock);
        Peppers other = new Peppers(folder, RANDOM, clock);
        TokenText token = TokenText.generate(Contour.TEST, RANDOM);
        byte[] before = one.hash(token).value();
        assertEquals(Optional.empty(), one.added(Contour.TEST));
        byte[] added = new byte[32];
        RANDOM.nextBytes(added);
        SecretFiles.add(folder, "pepper-TEST", (short) 2, added);
        read(one);
        assertEquals(1, one.hash(token).pepper(), "the other node does not know it yet");
        assertEquals(2, one.candidates(token).size());
        clock.advance(Duration.ofSeconds(5));
        read(other);
        clock.advance(Peppers.USED_AFTER.minusSeconds(5));
        Peppers.Hashed after = one.hash(token);
        assertEquals(2, after.pepper());
        assertTrue(contains(other.candidates(token), after.value()) && contains(other.candidates(token), before), "both find what either made");
        assertEquals(2, new Peppers(folder, RANDOM, clock).hash(token).pepper(), "so does a node that starts");
        assertEquals(1, one.hash(TokenText.generate(Contour.PRODUCTION, RANDOM)).pepper());
    }

    @Test
    void ofAWrongLengthChangesNothing() {
        Peppers node = new Peppers(folder, RANDOM, clock);
        TokenText token = TokenText.generate(Contour.TEST, RANDOM);
        byte[] before = node.hash(token).value();
        SecretFiles.add(folder, "pepper-TEST", (short) 2, new byte[31]);
        assertThrows(IllegalStateException.class, () -> read(node));
        assertArrayEquals(before, node.hash(token).value());
        assertEquals(1, node.candidates(token).size());
    }

    private static void read(Peppers node) {
        node.adopt(Contour.TEST, node.added(Contour.TEST).orElseThrow());
    }

    private static boolean contains(List<byte[]> values, byte[] value) {
        return values.stream().anyMatch(each -> Arrays.equals(each, value));
    }
}
