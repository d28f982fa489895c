package org.kopuro.calendar;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;

/**
 * A calendar in a list.
 *
 * @param revision grows with every change of the calendar, its years and days
 * @param years    those that are loaded, in their order
 */
public record CalendarView(String code, ZoneId zone, Set<DayOfWeek> weekend, long revision, Instant changedAt, List<Integer> years) {
}
