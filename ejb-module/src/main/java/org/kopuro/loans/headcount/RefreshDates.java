package org.kopuro.loans.headcount;

import java.time.LocalDate;
import java.time.YearMonth;
import org.kopuro.registers.payroll.RefreshRule;

/**
 * When a report has to be shown (LOAN-70 to LOAN-72). Days are calendar days in Moscow; days off shift nothing.
 *
 * @param cutoff reports accepted until this day of a month are shown until {@code day} of it, later ones of the next month
 */
public record RefreshDates(int cutoff, int day) {

    /** As the sources have them (002 §6). */
    public static final RefreshDates USUAL = new RefreshDates(15, 25);

    RefreshRule rule() {
        return new RefreshRule(cutoff, day);
    }

    /** The last day on which it may first be shown; the register's {@code registers.shown_by} says the same of many. */
    public LocalDate shownBy(LocalDate acceptedOn) {
        YearMonth month = YearMonth.from(acceptedOn);
        return in(acceptedOn.getDayOfMonth() <= cutoff ? month : month.plusMonths(1));
    }

    /** The day on which the month ends within which it appears (LOAN-70). */
    public static LocalDate monthEnds(LocalDate filedOn) {
        return filedOn.plusMonths(1);
    }

    /** The next day, today included, by which what was accepted is shown. */
    public LocalDate next(LocalDate today) {
        LocalDate thisMonth = in(YearMonth.from(today));
        return today.isAfter(thisMonth) ? in(YearMonth.from(today).plusMonths(1)) : thisMonth;
    }

    /** A short month has its last day instead. */
    private LocalDate in(YearMonth month) {
        return month.atDay(Math.min(day, month.lengthOfMonth()));
    }
}
