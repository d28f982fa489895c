package org.kopuro.loans.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.kopuro.installation.RequestLimits;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.Refusal;
import org.kopuro.loans.LoanRefusal;

/** Four requests at once, two a second afterwards, one file at a time. */
class LoanRatesTest {

    private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");
    private final UUID bank = UUID.randomUUID();
    private final LoanRates.Asker asker = new LoanRates.Asker(Contour.TEST, bank);
    private final Hand time = new Hand();
    private final LoanRates rates = new LoanRates(new RequestLimits(2, 4, 1), time);

    @Test
    void aBurstIsAdmittedAndWhatIsMoreIsToldWhenToComeAgain() {
        admitted(4);
        Refusal refusal = assertThrows(Refusal.class, () -> rates.admit(asker, NOON));
        assertEquals(LoanRefusal.LOAN_RATE_LIMITED, refusal.code());
        assertEquals(Optional.of(NOON.plusSeconds(1)), refusal.retryAfter());
        time.forward(Duration.ofSeconds(1));
        admitted(2);
        assertThrows(Refusal.class, () -> rates.admit(asker, NOON.plusSeconds(1)));
    }

    @Test
    void oneThatIsRefusedCountsForNothing() {
        admitted(4);
        for (int i = 0; i < 1000; i++) {
            assertThrows(Refusal.class, () -> rates.admit(asker, NOON));
        }
        time.forward(Duration.ofMillis(500));
        admitted(1);
    }

    @Test
    void oneParticipantsRequestsAreNoOthersAndNoneOfItsOtherContour() {
        admitted(4);
        rates.admit(new LoanRates.Asker(Contour.PRODUCTION, bank), NOON);
        rates.admit(new LoanRates.Asker(Contour.TEST, UUID.randomUUID()), NOON);
    }

    @Test
    void aFileWaitsUntilTheOneBeforeItIsDone() {
        rates.beginFile(asker, NOON);
        Refusal refusal = assertThrows(Refusal.class, () -> rates.beginFile(asker, NOON));
        assertEquals(LoanRefusal.LOAN_FILES_AT_ONCE + " " + Optional.of(NOON.plusSeconds(5)), refusal.code() + " " + refusal.retryAfter());
        rates.beginFile(new LoanRates.Asker(Contour.TEST, UUID.randomUUID()), NOON);
        rates.endFile(asker);
        rates.beginFile(asker, NOON);
    }

    @Test
    void limitsThatAdmitNobodyAreNone() {
        assertThrows(IllegalArgumentException.class, () -> new RequestLimits(0, 1, 1));
        assertThrows(IllegalArgumentException.class, () -> new RequestLimits(1, -1, 1));
        assertThrows(IllegalArgumentException.class, () -> new RequestLimits(1, 1, 1_000_000));
    }

    private void admitted(int requests) {
        for (int i = 0; i < requests; i++) {
            rates.admit(asker, NOON);
        }
    }

    /** A clock that is moved by hand. */
    private static final class Hand implements TimeMeter {

        private long nanos;

        void forward(Duration by) {
            nanos += by.toNanos();
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
