package org.kopuro.loans.headcount;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.kopuro.loans.programmes.Rulebook;
import org.kopuro.registers.payroll.AcceptedReport;

/** LOAN-70 to LOAN-72. */
class RefreshDatesTest {

    @ParameterizedTest
    @CsvSource({"2021-11-15, 2021-11-25, 2021-12-15", "2021-11-16, 2021-12-25, 2021-12-16", "2021-12-16, 2022-01-25, 2022-01-16", "2021-12-01, 2021-12-25, 2022-01-01", "2022-01-31, 2022-02-25, 2022-02-28"})
    void followFromTheDayOfAcceptance(LocalDate accepted, LocalDate shownBy, LocalDate monthEnds) {
        assertEquals(shownBy, RefreshDates.USUAL.shownBy(accepted));
        assertEquals(monthEnds, RefreshDates.monthEnds(accepted));
    }

    @Test
    void aDayOffShiftsNothing() {
        assertEquals(39, ChronoUnit.DAYS.between(LocalDate.of(2021, 11, 16), RefreshDates.USUAL.shownBy(LocalDate.of(2021, 11, 16))));
    }

    @ParameterizedTest
    @CsvSource({
        "2021-11-15T09:00:00Z, 2021-11-25T20:59:59Z, ''", "2021-11-15T09:00:00Z, 2021-11-25T21:00:00Z, REFRESH_PASSED", "2021-11-15T09:00:00Z, 2021-12-15T09:00:00Z, MONTH_PASSED REFRESH_PASSED",
        // Accepted after the 15th: the month passes before the target, and the alert shows it.
        "2021-11-16T09:00:00Z, 2021-12-15T20:59:59Z, ''", "2021-11-16T09:00:00Z, 2021-12-15T21:00:00Z, MONTH_PASSED", "2021-11-16T09:00:00Z, 2021-12-25T09:00:00Z, MONTH_PASSED",
        "2021-11-16T09:00:00Z, 2021-12-25T21:00:00Z, MONTH_PASSED REFRESH_PASSED",
        // The 16th in Moscow already.
        "2021-11-15T21:00:00Z, 2021-11-26T09:00:00Z, ''"})
    void whatIsNotHereIsAlertedOnceALimitHasPassed(Instant accepted, Instant now, String alerts) {
        AcceptedReport report = new AcceptedReport("9000000009", 2021, 3, 0, accepted, accepted, Optional.empty());
        Set<Outlook.Alert> expected = Arrays.stream(alerts.split(" ")).filter(name -> !name.isEmpty()).map(Outlook.Alert::valueOf).collect(Collectors.toSet());
        assertEquals(expected, Overdue.of(report, RefreshDates.USUAL, Rulebook.day(now)).map(Overdue::alerts).orElse(Set.of()));
        assertEquals(expected, Overdue.of(new AcceptedReport("9000000009", 2021, 3, 0, accepted, accepted, Optional.of(now)), RefreshDates.USUAL, LocalDate.of(2030, 1, 1)).map(Overdue::alerts)
                .orElse(Set.of()), "what came then came late");
    }

    @ParameterizedTest
    @CsvSource({"2021-11-25, 2021-11-25", "2021-11-26, 2021-12-25", "2021-12-31, 2022-01-25"})
    void theNextOneIsTodayOrLater(LocalDate today, LocalDate next) {
        assertEquals(next, RefreshDates.USUAL.next(today));
    }
}
