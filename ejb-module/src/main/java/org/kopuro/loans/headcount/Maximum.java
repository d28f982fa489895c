package org.kopuro.loans.headcount;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.kopuro.kernel.Refusal;
import org.kopuro.loans.programmes.RuleSet.Formula;

/**
 * Minimum wage × factor × headcount × months, capped (LOAN-65, LOAN-67), in kopecks and whole numbers alone. What a factor leaves of a kopeck is dropped: a maximum is not exceeded by rounding.
 *
 * @param months that counted
 */
record Maximum(int months, long uncapped, long result) {

    /** As the register of loans has it for any sum; every such number is exact also as a JSON number. */
    static final long LIMIT_KOPECKS = 999_999_999_999_999L;
    private static final int PERCENT = 100;

    /** @param programme for the refusal's text */
    static Maximum of(String programme, Formula formula, int headcount, LocalDate start) {
        int months = months(formula.months(), formula.monthsUntil(), start);
        try {
            return of(formula.wageKopecks(), formula.factorPercent(), headcount, months, formula.capKopecks());
        } catch (ArithmeticException e) {
            throw Refusal.of(HeadcountRefusal.MAXIMUM_TOO_LARGE, "programme", programme, LIMIT_KOPECKS / PERCENT);
        }
    }

    /** @throws ArithmeticException where the sum has no place */
    static Maximum of(long wageKopecks, int factorPercent, int headcount, int months, Optional<Long> capKopecks) {
        long uncapped = Math.multiplyExact(Math.multiplyExact(Math.multiplyExact(wageKopecks, (long) factorPercent), (long) headcount), (long) months) / PERCENT;
        if (uncapped > LIMIT_KOPECKS) {
            throw new ArithmeticException("more than any sum");
        }
        return new Maximum(months, uncapped, capKopecks.map(cap -> Math.min(cap, uncapped)).orElse(uncapped));
    }

    /** Full months from the start on, until the day that ends them, at most so many. */
    static int months(int atMost, Optional<LocalDate> until, LocalDate start) {
        return until.map(day -> (int) Math.max(0, Math.min(atMost, ChronoUnit.MONTHS.between(start, day)))).orElse(atMost);
    }
}
