package org.kopuro.kernel;

import java.math.BigDecimal;
import java.util.Objects;

/** An amount as a count of minor units (tyiyn, kopeck), two to the decimal place; never a floating-point number. */
public record Money(long minorUnits, String currency) {

    public Money {
        Objects.requireNonNull(currency);
    }

    public static Money som(long tyiyn) {
        return new Money(tyiyn, "KGS");
    }

    /** The amount in major units with exactly two decimals. */
    public BigDecimal toDecimal() {
        return BigDecimal.valueOf(minorUnits, 2);
    }
}
