package org.kopuro.exchange.soap;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.apache.wss4j.common.util.WSTimeSource;

/** The injected clock for WSS4J, in milliseconds as its time-stamps have. */
class ClockTime implements WSTimeSource {

    private final Clock clock;

    ClockTime(Clock clock) {
        this.clock = clock;
    }

    @Override
    public Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
