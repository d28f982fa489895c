package org.kopuro.calendar;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** A calendar of a test: Saturday and Sunday off, 2025 loaded without holidays unless told. */
final class CalendarBuilder {

    private ZoneId zone = ZoneId.of("Asia/Bishkek");
    private Set<DayOfWeek> weekend = EnumSet.of(DayOfWeek.SATURDAY, DayOfWeek.SUNDAY);
    private final Set<Integer> years = new TreeSet<>(Set.of(2025));
    private final Map<LocalDate, DayKind> exceptions = new HashMap<>();

    static CalendarBuilder aCalendar() {
        return new CalendarBuilder();
    }

    CalendarBuilder in(String zoneId) {
        zone = ZoneId.of(zoneId);
        return this;
    }

    CalendarBuilder weekend(Set<DayOfWeek> days) {
        weekend = days;
        return this;
    }

    CalendarBuilder years(Integer... loaded) {
        years.clear();
        years.addAll(Set.of(loaded));
        return this;
    }

    CalendarBuilder off(String... days) {
        return named(DayKind.NON_WORKING, days);
    }

    CalendarBuilder working(String... days) {
        return named(DayKind.WORKING, days);
    }

    CalendarBuilder named(DayKind kind, String... days) {
        for (String day : days) {
            exceptions.put(LocalDate.parse(day), kind);
        }
        return this;
    }

    WorkingCalendar build() {
        return new WorkingCalendar("TEST", zone, weekend, years, exceptions, 1);
    }
}
