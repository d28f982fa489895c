package org.kopuro.calendar;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Optional;
import org.kopuro.kernel.Refusal;

/** What a count of working days came to: a day, or the year without which nobody can tell. */
public sealed interface Deadline {

    /** A day of the calendar's zone. What must be done by it is in time until {@link #ends}; what may happen from it may from {@link #begins}. */
    record Due(LocalDate day, ZoneId zone) implements Deadline {

        /** The first moment of the day. */
        public Instant begins() {
            return day.atStartOfDay(zone).toInstant();
        }

        /** 24:00 of the day, the first moment that is too late. */
        public Instant ends() {
            return day.plusDays(1).atStartOfDay(zone).toInstant();
        }
    }

    /** The count would pass a year that is not loaded; the first such year. */
    record CalendarMissing(String calendar, int year) implements Deadline {
    }

    default Optional<Due> known() {
        return this instanceof Due due ? Optional.of(due) : Optional.empty();
    }

    /** Refuses with the calendar and the year that is missing. */
    default Due orRefuse() {
        if (this instanceof CalendarMissing missing) {
            throw Refusal.of(CalendarRefusal.CALENDAR_MISSING, "calendar", missing.calendar, String.valueOf(missing.year));
        }
        return (Due) this;
    }
}
