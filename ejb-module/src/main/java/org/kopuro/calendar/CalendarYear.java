package org.kopuro.calendar;

import java.time.Instant;
import java.util.List;

/**
 * A loaded year.
 *
 * @param source by which act these are the days, and what in them is not established
 * @param days   those that are named, in their order
 */
public record CalendarYear(String calendar, int year, String source, Instant importedAt, List<CalendarDay> days) {
}
