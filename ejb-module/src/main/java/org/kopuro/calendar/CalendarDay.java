package org.kopuro.calendar;

import java.time.LocalDate;

/** A day that an act names: a holiday, a day off moved there, or a weekend day that is worked. */
public record CalendarDay(LocalDate day, DayKind kind, String name) {
}
