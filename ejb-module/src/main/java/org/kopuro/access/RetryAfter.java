package org.kopuro.access;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.kopuro.kernel.Refusal;

/** What a caller whose refusal ends at a known moment, such as a limit's, is told in HTTP's field of this name, over every protocol; the refusal's texts name the moment itself. */
public final class RetryAfter {

    public static final String FIELD = "Retry-After";

    private RetryAfter() {
    }

    /** Whole seconds, rounded up and at least one; empty where nobody knows when. */
    public static Optional<String> of(Refusal refusal, Instant now) {
        return refusal.retryAfter().map(moment -> String.valueOf(Math.max(1, Duration.between(now, moment).plusNanos(999_999_999).toSeconds())));
    }
}
