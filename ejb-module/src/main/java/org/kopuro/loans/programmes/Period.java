package org.kopuro.loans.programmes;

import java.time.LocalDate;
import java.util.Optional;

/**
 * Days from one to another, both included.
 *
 * @param to empty is no end
 */
public record Period(LocalDate from, Optional<LocalDate> to) {

    public boolean covers(LocalDate day) {
        return !day.isBefore(from) && to.filter(day::isAfter).isEmpty();
    }
}
