package org.kopuro.calendar;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
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

/** What holds of every count in every calendar, compared with counting day by day. */
class LawsOfCountingTest {

    private static final Set<Integer> YEARS = Set.of(2023, 2024, 2025, 2027);
    private static final LocalDate FIRST = LocalDate.of(2022, 11, 1);
    private static final LocalDate LAST = LocalDate.of(2028, 2, 28);

    @Provide
    Arbitrary<WorkingCalendar> calendars() {
        Arbitrary<Map<LocalDate, DayKind>> exceptions = Arbitraries.maps(days().filter(day -> YEARS.contains(day.getYear())), Arbitraries.of(DayKind.class)).ofMaxSize(120);
        Arbitrary<Set<DayOfWeek>> weekends = Arbitraries.of(DayOfWeek.class).set().ofMaxSize(6);
        Arbitrary<ZoneId> zones = Arbitraries.of("Asia/Bishkek", "Europe/Moscow", "Africa/Cairo", "America/St_Johns", "Pacific/Apia").map(ZoneId::of);
        return Combinators.combine(zones, weekends, exceptions).as((zone, weekend, named) -> new WorkingCalendar("TEST", zone, weekend, YEARS, named, 0));
    }

    @Provide
    Arbitrary<LocalDate> days() {
        return Dates.dates().between(FIRST, LAST);
    }

    @Property
    void forwardLandsOnTheNthWorkingDayAfterDayZero(@ForAll("calendars") WorkingCalendar calendar, @ForAll("days") LocalDate day0, @ForAll @IntRange(min = 1, max = 400) int n) {
        assertEquals(stepByStep(calendar, day0, n, 1), calendar.forward(day0, n));
        calendar.forward(day0, n).known().ifPresent(due -> {
            assertEquals(DayKind.WORKING, calendar.kind(due.day()).orElseThrow());
            assertEquals(n, workingDaysBetween(calendar, day0.plusDays(1), due.day().plusDays(1)));
        });
    }

    @Property
    void backwardLandsOnTheNthWorkingDayBefore(@ForAll("calendars") WorkingCalendar calendar, @ForAll("days") LocalDate day, @ForAll @IntRange(min = 1, max = 400) int n) {
        assertEquals(stepByStep(calendar, day, n, -1), calendar.backward(day, n));
    }

    @Property
    void backAndForthMeet(@ForAll("calendars") WorkingCalendar calendar, @ForAll("days") LocalDate day, @ForAll @IntRange(min = 1, max = 60) int n) {
        calendar.forward(day, n).known().ifPresent(due -> calendar.backward(due.day(), n).known().ifPresent(back -> assertFalse(back.day().isAfter(day))));
        if (calendar.kind(day).filter(DayKind.WORKING::equals).isPresent()) {
            calendar.forward(day, n).known().ifPresent(due -> assertEquals(day, calendar.backward(due.day(), n).orRefuse().day()));
        }
    }

    @Property
    void aLaterEventOrAHigherNumberIsNeverDueEarlier(@ForAll("calendars") WorkingCalendar calendar, @ForAll("days") LocalDate day,
            @ForAll @IntRange(min = 0, max = 40) int later, @ForAll @IntRange(min = 1, max = 200) int n, @ForAll @IntRange(min = 0, max = 40) int more) {
        calendar.forward(day, n).known().ifPresent(due -> {
            calendar.forward(day.plusDays(later), n).known().ifPresent(other -> assertFalse(other.day().isBefore(due.day())));
            calendar.forward(day, n + more).known().ifPresent(other -> assertEquals(more == 0, other.day().equals(due.day())));
        });
    }

    /** The two ways to say "at least N clear working days before" are one rule (ACC-32). */
    @Property
    void noticeIsInTimeExactlyWhenTheEventIsNotTooEarly(@ForAll("calendars") WorkingCalendar calendar, @ForAll("days") LocalDate notice,
            @ForAll @IntRange(min = -5, max = 120) int apart, @ForAll @IntRange(min = 1, max = 60) int clear) {
        LocalDate event = notice.plusDays(apart);
        calendar.earliestEvent(notice, clear).known().ifPresent(earliest -> calendar.latestNotice(event, clear).known().ifPresent(latest -> {
            assertEquals(!event.isBefore(earliest.day()), !notice.isAfter(latest.day()));
            assertEquals(!notice.isAfter(latest.day()), workingDaysBetween(calendar, notice.plusDays(1), event) >= clear);
        }));
    }

    @Property
    void theMomentOfADayDoesNotMatterAndTheDeadlineIsItsEnd(@ForAll("calendars") WorkingCalendar calendar, @ForAll("days") LocalDate day0, @ForAll @IntRange(min = 1, max = 30) int n) {
        Instant first = day0.atStartOfDay(calendar.zone()).toInstant();
        Instant last = day0.plusDays(1).atStartOfDay(calendar.zone()).toInstant().minusNanos(1);
        if (!calendar.dayOf(first).equals(day0)) {
            return; // A day that the zone skipped, as Apia did.
        }
        assertEquals(calendar.forward(day0, n), calendar.due(first, n));
        assertEquals(calendar.forward(day0, n), calendar.due(last, n));
        assertEquals(calendar.forward(day0, n), calendar.due(day0.atTime(LocalTime.of(23, 59, 59, 999_000_000)).atZone(calendar.zone()).toInstant(), n));
        assertEquals(calendar.forward(day0.plusDays(1), n), calendar.due(last.plusNanos(1), n));
        calendar.due(first, n).known().ifPresent(due -> {
            assertTrue(due.begins().isBefore(due.ends()));
            assertEquals(due.day(), calendar.dayOf(due.ends().minusNanos(1)));
            assertEquals(due.day().plusDays(1), calendar.dayOf(due.ends()));
        });
    }

    private static Deadline stepByStep(WorkingCalendar calendar, LocalDate from, int n, int step) {
        int left = n;
        for (LocalDate day = from.plusDays(step); ; day = day.plusDays(step)) {
            if (calendar.kind(day).isEmpty()) {
                return new Deadline.CalendarMissing(calendar.code(), day.getYear());
            }
            if (calendar.kind(day).get() == DayKind.WORKING && --left == 0) {
                return new Deadline.Due(day, calendar.zone());
            }
        }
    }

    private static long workingDaysBetween(WorkingCalendar calendar, LocalDate from, LocalDate to) {
        return from.isBefore(to) ? from.datesUntil(to).filter(day -> calendar.kind(day).filter(DayKind.WORKING::equals).isPresent()).count() : 0;
    }
}
