package org.kopuro.access.monitoring;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * How calls fared.
 *
 * @param errors      refused, and not because the service was unavailable
 * @param unavailable refused because the service was switched off, or its outage announced
 * @param slow        of all, answered or refused after more than three seconds
 */
public record Rate(long calls, long errors, long unavailable, long slow) {

    static final Rate NONE = new Rate(0, 0, 0, 0);

    Rate plus(Rate other) {
        return new Rate(calls + other.calls, errors + other.errors, unavailable + other.unavailable, slow + other.slow);
    }

    public BigDecimal errorPercent() {
        return percent(errors);
    }

    public BigDecimal slowPercent() {
        return percent(slow);
    }

    private BigDecimal percent(long part) {
        return calls == 0 ? BigDecimal.ZERO.setScale(2) : BigDecimal.valueOf(part).multiply(BigDecimal.valueOf(100)).divide(BigDecimal.valueOf(calls), 2, RoundingMode.HALF_UP);
    }
}
