package org.kopuro.loans.headcount;

import java.time.LocalDate;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.kopuro.loans.programmes.Rulebook;
import org.kopuro.registers.payroll.AcceptedReport;

/**
 * A report that is not shown in time, or was not (LOAN-72). The refresh date is the target; where the month of LOAN-70 ends before it, the alert shows that it passed.
 *
 * @param shownBy   the last day of LOAN-71
 * @param monthEnds the day of LOAN-70; from it on the month has passed
 * @param alerts    {@code MONTH_PASSED}, {@code REFRESH_PASSED}, or both
 */
public record Overdue(AcceptedReport report, LocalDate shownBy, LocalDate monthEnds, Set<Outlook.Alert> alerts) {

    public Overdue {
        alerts = Set.copyOf(alerts);
    }

    /** Empty where it was shown in time, or still may be. */
    static Optional<Overdue> of(AcceptedReport report, RefreshDates dates, LocalDate today) {
        LocalDate shownBy = dates.shownBy(Rulebook.day(report.acceptedAt()));
        LocalDate monthEnds = RefreshDates.monthEnds(Rulebook.day(report.filedAt()));
        LocalDate shownOn = report.loadedAt().map(Rulebook::day).orElse(today);
        Set<Outlook.Alert> alerts = EnumSet.noneOf(Outlook.Alert.class);
        if (!shownOn.isBefore(monthEnds)) {
            alerts.add(Outlook.Alert.MONTH_PASSED);
        }
        if (shownOn.isAfter(shownBy)) {
            alerts.add(Outlook.Alert.REFRESH_PASSED);
        }
        return alerts.isEmpty() ? Optional.empty() : Optional.of(new Overdue(report, shownBy, monthEnds, alerts));
    }
}
