package org.kopuro.access.reminders;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.time.api.Dates;
import org.kopuro.calendar.DayKind;
import org.kopuro.calendar.WorkingCalendar;

/** A reminder's day is the last working day before the day that something is due, in any calendar (ACC-34). */
class ReminderDayTest {

    private static final Set<Integer> YEARS = Set.of(2023, 2024, 2025, 2027);

    @Provide
    Arbitrary<WorkingCalendar> calendars() {
        Arbitrary<Map<LocalDate, DayKind>> exceptions = Arbitraries.maps(days().filter(day -> YEARS.contains(day.getYear())), Arbitraries.of(DayKind.class)).ofMaxSize(120);
        Arbitrary<Set<DayOfWeek>> weekends = Arbitraries.of(DayOfWeek.class).set().ofMaxSize(6);
        Arbitrary<ZoneId> zones = Arbitraries.of("Asia/Bishkek", "Europe/Moscow", "Africa/Cairo", "America/St_Johns").map(ZoneId::of);
        return Combinators.combine(zones, weekends, exceptions).as((zone, weekend, named) -> new WorkingCalendar("TEST", zone, weekend, YEARS, named, 0));
    }

    @Provide
    Arbitrary<LocalDate> days() {
        return Dates.dates().between(LocalDate.of(2022, 11, 1), LocalDate.of(2028, 2, 28));
    }

    @Property
    void itRingsFromTheWorkingDayBeforeOnAndNoEarlier(@ForAll("calendars") WorkingCalendar calendar, @ForAll("days") LocalDate event, @ForAll @IntRange(min = 1, max = 40) int workingDays,
            @ForAll @IntRange(min = 0, max = 60) int before, @ForAll @IntRange(min = 0, max = 86_399) int second) {
        calendar.forward(event, workingDays).known().ifPresent(due -> calendar.backward(due.day(), 1).known().ifPresent(reminderDay -> {
            LocalDate today = due.day().minusDays(before);
            Instant now = today.atStartOfDay(calendar.zone()).toInstant().plusSeconds(second);
            if (calendar.dayOf(now).equals(today)) { // A day with a change of the clocks may be shorter.
                assertEquals(!today.isBefore(reminderDay.day()), !due.ends().isAfter(Reminders.horizon(calendar, now)), today + " for " + due.day());
            }
        }));
    }
}
