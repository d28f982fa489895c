/**
 * Which days are working days, and the deadlines that are counted in them.
 *
 * <h2>Concepts</h2>
 * A <em>calendar</em> belongs to a jurisdiction: a time zone, weekend days, and for each <em>loaded year</em> the days that differ
 * or are named, as an act of that jurisdiction says (ACC-30). A <em>forward</em> deadline is 24:00 of the N-th working day after the day of the event
 * (ACC-31). A <em>backward</em> one asks that N full working days lie strictly between notice and event (ACC-32).
 *
 * <h2>Package specification</h2>
 * Values are immutable; nothing accepts or returns {@code null}. Days are days of the calendar's zone. Whatever would have to look at a day of a year that
 * is not loaded ends as {@link org.kopuro.calendar.Deadline.CalendarMissing}, also where the year is a hole between loaded ones: it is never guessed.
 * N is 1 to {@value org.kopuro.calendar.WorkingCalendar#MOST_WORKING_DAYS}. Nothing is cached: each reading is one statement on the present rows.
 *
 * <h2>Design notes</h2>
 * An import replaces a whole year in one transaction and says so in the ledger; an official sets or clears a single day of it (ACC-30). Inside the application it fires
 * {@link org.kopuro.calendar.CalendarChanged} in that transaction. The operator's command runs beside the application and cannot; neither can an owner
 * who corrects a row by hand. For them the database counts a revision on the calendar, which every {@link org.kopuro.calendar.WorkingCalendar} carries:
 * whoever keeps a deadline keeps the revision with it and computes anew when {@link org.kopuro.calendar.Calendars#revisions} tells a higher one.
 *
 * <h2>Sources</h2>
 * RFC 5545 (iCalendar), RFC 4180 (CSV).
 */
package org.kopuro.calendar;
