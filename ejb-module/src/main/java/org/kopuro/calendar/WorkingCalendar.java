package org.kopuro.calendar;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Year;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * Counts working days (ACC-31, ACC-32), as the calendar stood at one moment. Immutable. Each count is one search in an ordered array, however far it goes.
 *
 * <p>Only the days that a count passes must be in loaded years. The day of the event or of the notice itself is not looked at: whether it is a working day
 * changes nothing.
 */
public final class WorkingCalendar {

    /** The greatest number of working days that a deadline may have, more than a year's. */
    public static final int MOST_WORKING_DAYS = 400;

    private final String code;
    private final ZoneId zone;
    private final long revision;
    private final Map<LocalDate, DayKind> exceptions;
    private final Set<DayOfWeek> weekend;
    /** Loaded years without a hole between them, by the first of them. */
    private final NavigableMap<Integer, Stretch> stretches = new TreeMap<>();

    /** Consecutive loaded years, and their working days as days since 1970. */
    private record Stretch(int firstYear, int lastYear, int[] workingDays) {

        /** How many of the working days come before the day. */
        int before(LocalDate day) {
            int found = Arrays.binarySearch(workingDays, (int) day.toEpochDay());
            return found >= 0 ? found : -found - 1;
        }

        LocalDate day(int index) {
            return LocalDate.ofEpochDay(workingDays[index]);
        }
    }

    /**
     * @param years      that are loaded
     * @param exceptions days of these years that do not, or need not, follow the weekend
     */
    public WorkingCalendar(String code, ZoneId zone, Set<DayOfWeek> weekend, Set<Integer> years, Map<LocalDate, DayKind> exceptions, long revision) {
        this.code = code;
        this.zone = zone;
        this.revision = revision;
        this.exceptions = Map.copyOf(exceptions);
        this.weekend = Set.copyOf(weekend);
        if (this.exceptions.keySet().stream().anyMatch(day -> !years.contains(day.getYear()))) {
            throw new IllegalArgumentException("An exception stands in a year that is not loaded.");
        }
        TreeSet<Integer> loaded = new TreeSet<>(years);
        while (!loaded.isEmpty()) {
            int first = loaded.pollFirst();
            int last = first;
            while (loaded.remove(last + 1)) {
                last++;
            }
            int[] workingDays = IntStream.range((int) Year.of(first).atDay(1).toEpochDay(), (int) Year.of(last + 1).atDay(1).toEpochDay())
                    .filter(day -> works(LocalDate.ofEpochDay(day))).toArray();
            stretches.put(first, new Stretch(first, last, workingDays));
        }
    }

    public String code() {
        return code;
    }

    public ZoneId zone() {
        return zone;
    }

    /** Of the calendar when it was read; a deadline that is kept is kept with it. */
    public long revision() {
        return revision;
    }

    /** What kind of day it is, or empty where its year is not loaded. */
    public Optional<DayKind> kind(LocalDate day) {
        return stretch(day).map(loaded -> works(day) ? DayKind.WORKING : DayKind.NON_WORKING);
    }

    /** The day of the calendar's zone on which the moment lies. */
    public LocalDate dayOf(Instant moment) {
        return LocalDate.ofInstant(moment, zone);
    }

    /** The n-th working day after day 0 (ACC-31). */
    public Deadline forward(LocalDate day0, int n) {
        mustBeBounded(n);
        LocalDate next = day0.plusDays(1);
        return stretch(next).map(loaded -> {
            int index = loaded.before(next) + n - 1;
            return index < loaded.workingDays.length ? at(loaded.day(index)) : missing(loaded.lastYear + 1);
        }).orElseGet(() -> missing(next.getYear()));
    }

    /** "N working days after" what happened at the moment: its day is day 0, the deadline the end of the day told (ACC-31). */
    public Deadline due(Instant event, int n) {
        return forward(dayOf(event), n);
    }

    /** The n-th working day before the day. */
    public Deadline backward(LocalDate day, int n) {
        mustBeBounded(n);
        LocalDate previous = day.minusDays(1);
        return stretch(previous).map(loaded -> {
            int index = loaded.before(day) - n;
            return index >= 0 ? at(loaded.day(index)) : missing(loaded.firstYear - 1);
        }).orElseGet(() -> missing(previous.getYear()));
    }

    /** The last day on which notice may be given so that this many full working days lie strictly between it and the event (ACC-32); any day of the week. */
    public Deadline latestNotice(LocalDate eventDay, int clearDays) {
        Deadline firstClear = backward(eventDay, clearDays);
        return firstClear instanceof Deadline.Due due ? at(due.day().minusDays(1)) : firstClear;
    }

    /** The first day on which the event may happen after a notice of that day (ACC-32); any day of the week. */
    public Deadline earliestEvent(LocalDate noticeDay, int clearDays) {
        Deadline lastClear = forward(noticeDay, clearDays);
        return lastClear instanceof Deadline.Due due ? at(due.day().plusDays(1)) : lastClear;
    }

    private boolean works(LocalDate day) {
        DayKind told = exceptions.get(day);
        return told == null ? !weekend.contains(day.getDayOfWeek()) : told == DayKind.WORKING;
    }

    private Optional<Stretch> stretch(LocalDate day) {
        return Optional.ofNullable(stretches.floorEntry(day.getYear())).map(Map.Entry::getValue).filter(stretch -> day.getYear() <= stretch.lastYear);
    }

    private Deadline at(LocalDate day) {
        return new Deadline.Due(day, zone);
    }

    private Deadline missing(int year) {
        return new Deadline.CalendarMissing(code, year);
    }

    private static void mustBeBounded(int n) {
        if (n < 1 || n > MOST_WORKING_DAYS) {
            throw new IllegalArgumentException("A deadline has 1 to " + MOST_WORKING_DAYS + " working days, not " + n + ".");
        }
    }
}
