package org.kopuro.exchange.operations;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How a service fares. Successes are answers with data, failures are ours: a refusal is neither, whichever protocol it was told by.
 *
 * @param lastSuccess ever; so is {@code lastFailure}
 * @param period      before now, in which the rest was counted
 * @param duration    of successful calls, in milliseconds
 * @param requestSize of successful calls, in octets; so is {@code responseSize}
 */
public record ServiceHealth(String service, Optional<Instant> lastSuccess, Optional<Instant> lastFailure, Duration period, long successes, long failures,
        Optional<Spread> duration, Optional<Spread> requestSize, Optional<Spread> responseSize) {

    /** Of at least one value. */
    public record Spread(long min, double average, long max, double deviation) {
    }
}
