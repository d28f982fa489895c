package org.kopuro.calendar;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.kopuro.calendar.CalendarBuilder.aCalendar;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.kopuro.kernel.Refusal;

/** The examples of the requirements, section 7, each as it stands there (ACC-111), and the edges beside them. */
class CountingWorkingDaysTest {

    private static final String MOSCOW = "Europe/Moscow";
    private static final String BISHKEK = "Asia/Bishkek";

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "RU-422/696 TEST 2 WD received Fri 17:40,     Europe/Moscow, 2025-11-14T17:40, 2,  2025-11-18",
        "RU-1221 connect 5 WD received Sat,           Europe/Moscow, 2025-11-15T10:00, 5,  2025-11-21",
        "the same as if received Fri,                 Europe/Moscow, 2025-11-14T10:00, 5,  2025-11-21",
        "RU-422/696 exit 30 WD,                       Europe/Moscow, 2025-11-14T10:00, 30, 2025-12-26",
        "RU-1221 notice after suspension 1 WD,        Europe/Moscow, 2025-11-14T18:00, 1,  2025-11-17",
        "KG-147 §14.6 change 3 WD after,              Asia/Bishkek,  2025-11-14T10:00, 3,  2025-11-19"})
    void aForwardDeadlineIsTheEndOfTheNthWorkingDayAfterTheEvent(String example, String zone, String event, int n, LocalDate expected) {
        WorkingCalendar calendar = aCalendar().in(zone).build();
        Deadline.Due due = calendar.due(at(event, zone), n).orRefuse();
        assertEquals(expected, due.day());
        assertEquals(at(expected.plusDays(1) + "T00:00", zone), due.ends());
    }

    @Test
    void transferredDaysCountAsTheCalendarSays() {
        WorkingCalendar calendar = aCalendar().in(MOSCOW).working("2025-11-01").off("2025-11-03", "2025-11-04").build();
        assertEquals(day("2025-11-05"), calendar.due(at("2025-10-31T12:00", MOSCOW), 2).orRefuse().day());
    }

    /**
     * One more for each procedure, across a holiday and a transferred working day (ACC-111), by invented calendars: in one Friday, 7 November, is off and worked for
     * on Saturday, the 15th; in the other Monday and Tuesday, 3 and 4 November, are off, and Saturday, the 1st, is worked.
     */
    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "KG-147 decide 5 WD after a signed agreement, Asia/Bishkek,  2025-11-06T15:00, 5, 2025-11-14",
        "KG-147 decide 6 WD falls on the Saturday,    Asia/Bishkek,  2025-11-06T15:00, 6, 2025-11-15",
        "KG-147 §14.6 change 3 WD after,              Asia/Bishkek,  2025-11-13T10:00, 3, 2025-11-17",
        "RU-422/696 exit 30 WD,                       Europe/Moscow, 2025-10-30T10:00, 30, 2025-12-12",
        "RU-1221 restore 5 WD,                        Europe/Moscow, 2025-10-31T12:00, 5, 2025-11-10"})
    void aDeadlineCrossesAHolidayAndATransferredWorkingDay(String example, String zone, String event, int n, LocalDate expected) {
        assertEquals(expected, invented(zone).due(at(event, zone), n).orRefuse().day());
    }

    @Test
    void aTerminationUnderKg147CountsATransferredSaturdayAsAClearDay() {
        assertEquals(day("2025-11-16"), invented(BISHKEK).earliestEvent(day("2025-11-12"), 3).orRefuse().day(), "clear: Thu 13, Fri 14, Sat 15");
        assertEquals(day("2025-11-12"), invented(BISHKEK).latestNotice(day("2025-11-17"), 3).orRefuse().day());
        assertEquals(day("2025-11-12"), invented(BISHKEK).earliestEvent(day("2025-11-05"), 3).orRefuse().day(), "clear: Thu 6, Mon 10, Tue 11");
    }

    private static WorkingCalendar invented(String zone) {
        return zone.equals(BISHKEK) ? aCalendar().working("2025-11-15").off("2025-11-07").build() : aCalendar().in(zone).working("2025-11-01").off("2025-11-03", "2025-11-04").build();
    }

    @Test
    void anAnnouncedSuspensionLeavesTwoClearDays() {
        assertEquals(day("2025-11-18"), aCalendar().in(MOSCOW).build().earliestEvent(day("2025-11-13"), 2).orRefuse().day());
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"KG-147 §13.3 outage", "KG-147 §14.7 liquidation begins"})
    void noticeOfWhatHappensOnMondayIsGivenNoLaterThanTheTuesdayBefore(String example) {
        assertEquals(day("2025-11-11"), aCalendar().build().latestNotice(day("2025-11-17"), 3).orRefuse().day());
    }

    @Test
    void aHolidayBetweenNoticeAndTerminationIsNoClearDay() {
        assertEquals(day("2025-11-12"), aCalendar().off("2025-11-07").build().earliestEvent(day("2025-11-05"), 3).orRefuse().day());
    }

    @Test
    void whatMayHappenFromADayMayFromItsFirstMoment() {
        Deadline.Due earliest = aCalendar().build().earliestEvent(day("2025-11-05"), 3).orRefuse();
        assertEquals(at(earliest.day() + "T00:00", BISHKEK), earliest.begins());
    }

    @ParameterizedTest
    @CsvSource({"2025-11-14T17:59:59.999999999Z, 2025-11-17", "2025-11-14T18:00:00Z, 2025-11-17", "2025-11-16T17:59:59.999Z, 2025-11-17", "2025-11-16T18:00:00Z, 2025-11-18"})
    void dayZeroEndsAtMidnightOfTheCalendarsZone(Instant event, LocalDate expected) {
        assertEquals(expected, aCalendar().build().due(event, 1).orRefuse().day());
    }

    @Test
    void aDayLastsUntilItsEndAlsoWhereClocksChangeAtMidnight() {
        // In Cairo 24 April 2026 began at 01:00, and so the 23rd ended there.
        Deadline.Due due = aCalendar().in("Africa/Cairo").years(2026).build().forward(day("2026-04-22"), 1).orRefuse();
        assertEquals(Instant.parse("2026-04-23T22:00:00Z"), due.ends());
    }

    @Test
    void aYearThatIsNotLoadedIsNotGuessed() {
        WorkingCalendar calendar = aCalendar().build();
        assertEquals(day("2025-12-31"), calendar.forward(day("2025-12-30"), 1).orRefuse().day());
        assertEquals(missing(2026), calendar.forward(day("2025-12-30"), 2));
        assertEquals(missing(2026), calendar.forward(day("2025-12-31"), 1));
        assertEquals(missing(2027), calendar.forward(day("2027-06-01"), 1));
        assertEquals(missing(2024), calendar.latestNotice(day("2025-01-03"), 3));
        assertEquals(missing(2026), calendar.earliestEvent(day("2025-12-30"), 2));
        assertEquals(missing(2024), calendar.backward(day("2025-01-01"), 1));
    }

    @Test
    void aHoleBetweenLoadedYearsIsNotGuessedOver() {
        WorkingCalendar calendar = aCalendar().years(2024, 2026).build();
        assertEquals(missing(2025), calendar.forward(day("2024-12-30"), 2));
        assertEquals(missing(2025), calendar.backward(day("2026-01-02"), 2));
        assertEquals(Optional.empty(), calendar.kind(day("2025-06-01")));
    }

    @Test
    void onlyDaysThatAreCountedMustBeInALoadedYear() {
        WorkingCalendar calendar = aCalendar().build();
        assertEquals(day("2025-01-01"), calendar.forward(day("2024-12-31"), 1).orRefuse().day());
        assertEquals(day("2026-01-01"), calendar.earliestEvent(day("2025-12-30"), 1).orRefuse().day());
        assertEquals(day("2024-12-31"), calendar.latestNotice(day("2025-01-02"), 1).orRefuse().day());
    }

    @Test
    void aDeadlineCrossesFromOneLoadedYearIntoTheNext() {
        WorkingCalendar calendar = aCalendar().years(2025, 2026).off("2025-12-31", "2026-01-01", "2026-01-02").build();
        assertEquals(day("2026-01-05"), calendar.forward(day("2025-12-30"), 1).orRefuse().day());
    }

    @Test
    void theRefusalNamesCalendarAndYear() {
        Refusal refusal = assertThrows(Refusal.class, () -> aCalendar().build().forward(day("2025-12-31"), 1).orRefuse());
        assertEquals(CalendarRefusal.CALENDAR_MISSING, refusal.code());
        assertEquals("TEST 2026", refusal.argument(0) + " " + refusal.argument(1));
        assertEquals(Optional.empty(), aCalendar().build().forward(day("2025-12-31"), 1).known());
    }

    @Test
    void aYearWithoutAnyWorkingDayIsPassed() {
        WorkingCalendar calendar = aCalendar().weekend(EnumSet.allOf(DayOfWeek.class)).working("2025-12-01").build();
        assertEquals(day("2025-12-01"), calendar.forward(day("2025-01-01"), 1).orRefuse().day());
        assertEquals(missing(2026), calendar.forward(day("2025-01-01"), 2));
    }

    @ParameterizedTest
    @ValueSource(ints = {Integer.MIN_VALUE, -1, 0, WorkingCalendar.MOST_WORKING_DAYS + 1, Integer.MAX_VALUE})
    void aNumberOfDaysThatNoDeadlineHasIsADefect(int n) {
        WorkingCalendar calendar = aCalendar().build();
        assertThrows(IllegalArgumentException.class, () -> calendar.forward(day("2025-06-01"), n));
        assertThrows(IllegalArgumentException.class, () -> calendar.latestNotice(day("2025-06-01"), n));
    }

    @Test
    void anExceptionInAYearThatIsNotLoadedIsADefect() {
        assertThrows(IllegalArgumentException.class, () -> new WorkingCalendar("TEST", ZoneId.of(BISHKEK), Set.of(), Set.of(2025),
                Map.of(day("2026-01-01"), DayKind.NON_WORKING), 1));
    }

    private static Deadline missing(int year) {
        return new Deadline.CalendarMissing("TEST", year);
    }

    private static LocalDate day(String text) {
        return LocalDate.parse(text);
    }

    private static Instant at(String local, String zone) {
        return LocalDateTime.parse(local).atZone(ZoneId.of(zone)).toInstant();
    }
}
