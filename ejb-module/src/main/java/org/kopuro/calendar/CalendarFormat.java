package org.kopuro.calendar;

import java.util.Locale;
import java.util.Optional;

/** How a file holds the days of a year; {@code docs/operating/calendars.md} describes both. */
public enum CalendarFormat {
    CSV, ICS;

    /** By the ending of the file's name. */
    public static Optional<CalendarFormat> ofFile(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.endsWith(".csv") ? Optional.of(CSV) : lower.endsWith(".ics") ? Optional.of(ICS) : Optional.empty();
    }
}
