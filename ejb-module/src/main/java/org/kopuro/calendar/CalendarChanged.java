package org.kopuro.calendar;

/** Observed in the transaction of an import, or of a change of a single day: deadlines that were counted in this calendar and still run are to be counted anew (ACC-30). */
public record CalendarChanged(String calendar, int year, long revision) {
}
