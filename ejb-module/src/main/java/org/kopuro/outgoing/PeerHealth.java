package org.kopuro.outgoing;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** How each peer has done lately, as this node has seen it. Peers are few: they stand in the settings. */
@ApplicationScoped
public class PeerHealth {

    /** [data] Of the last so many calls, at least so many, at most so many percent may be outages. */
    static final int CALLS_WATCHED = 10;
    static final int CALLS_NEEDED = 5;
    static final float OUTAGES_PERCENT = 50;
    static final Duration REST = Duration.ofSeconds(30);
    static final int TRIALS = 2;
    /** [data] A slow peer must not take the server's threads. */
    static final int AT_ONCE = 10;

    private CircuitBreakerRegistry breakers;
    private final Map<String, Semaphore> places = new ConcurrentHashMap<>();

    protected PeerHealth() {
    }

    @Inject
    PeerHealth(Clock clock) {
        // Not by Clock.millis, which a clock that ticks in microseconds divides by zero for (JDK 17).
        breakers = CircuitBreakerRegistry.of(CircuitBreakerConfig.custom().clock(clock).currentTimestampFunction(ticking -> ticking.instant().toEpochMilli(), TimeUnit.MILLISECONDS)
                .slidingWindow(CALLS_WATCHED, CALLS_NEEDED, CircuitBreakerConfig.SlidingWindowType.COUNT_BASED).failureRateThreshold(OUTAGES_PERCENT)
                .waitDurationInOpenState(REST).permittedNumberOfCallsInHalfOpenState(TRIALS)
                .recordException(thrown -> thrown instanceof CallFailure failure && failure.outage())
                // Nothing about the peer: our certificate, or our own fault.
                .ignoreException(thrown -> !(thrown instanceof CallFailure failure) || failure.code == PeerRefusal.PEER_NOT_TRUSTED).build());
    }

    public CircuitBreaker of(PeerAddress peer) {
        return breakers.circuitBreaker(peer.toString());
    }

    public Semaphore placesAt(PeerAddress peer) {
        return places.computeIfAbsent(peer.toString(), unused -> new Semaphore(AT_ONCE));
    }
}
