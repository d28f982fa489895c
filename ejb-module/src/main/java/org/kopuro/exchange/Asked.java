package org.kopuro.exchange;

import java.time.LocalDate;
import java.util.Optional;
import org.kopuro.kernel.Inn;

/** What a call asks: about whom and, if the service knows periods, for which days (both inclusive). */
public record Asked(Inn inn, Optional<Period> period) {

    public static Asked about(Inn inn) {
        return new Asked(inn, Optional.empty());
    }

    public static Asked about(Inn inn, LocalDate from, LocalDate to) {
        return new Asked(inn, Optional.of(new Period(from, to)));
    }

    /** Days, both inclusive. */
    public record Period(LocalDate from, LocalDate to) {
    }
}
