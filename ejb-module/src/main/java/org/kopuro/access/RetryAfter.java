package org.kopuro.access;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.kopuro.kernel.Refusal;

/** What a caller that ran into a limit is told in HTTP's field of this name, over every protocol; the refusal's texts name the moment itself. */
public final class RetryAfter {

    public static final String FIELD = "Retry-After";

    private RetryAfter() {
    }

    /** Whole seconds, rounded up and at least one; empty for every refusal but a limit's. */
    public static Optional<String> of(Refusal refusal, Instant now) {
        if (refusal.code() != AccessRefusal.RATE_LIMITED) {
            return Optional.empty();
        }
        Duration wait = Duration.between(now, Instant.parse(refusal.argument(1)));
        return Optional.of(String.valueOf(Math.max(1, wait.plusNanos(999_999_999).toSeconds())));
    }
}
