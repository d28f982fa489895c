package org.kopuro.access.letters;

import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import org.kopuro.access.procedures.DeadlineRule;
import org.kopuro.access.procedures.Procedure;
import org.kopuro.calendar.Deadline;
import org.kopuro.calendar.WorkingCalendar;

/** A procedure's days as one letter tells them: of one reading of its calendar, at one moment. */
public final class Days {

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("dd.MM.yyyy");

    private final Procedure procedure;
    private final WorkingCalendar calendar;
    private final Instant now;

    Days(Procedure procedure, WorkingCalendar calendar, Instant now) {
        this.procedure = procedure;
        this.calendar = calendar;
        this.now = now;
    }

    public Procedure procedure() {
        return procedure;
    }

    public String today() {
        return day(now);
    }

    public String day(Instant instant) {
        return DAY.format(calendar.dayOf(instant));
    }

    /** The last day of a deadline, for people. */
    public String lastDay(Instant end) {
        return day(end.minusMillis(1));
    }

    /** By when a letter must have gone out that announces something for a day; empty as {@link #due} is. */
    public Optional<Instant> lastToTell(DeadlineRule rule, Instant announcedFor) {
        return procedure.deadline(rule).flatMap(term -> calendar.latestNotice(calendar.dayOf(announcedFor), term.workingDays()).known()).map(Deadline.Due::ends);
    }

    /** By when a letter must have gone out; empty where the procedure sets no time, or no calendar reaches so far. */
    public Optional<Instant> due(DeadlineRule rule) {
        return procedure.deadline(rule).flatMap(term -> calendar.due(now, term.workingDays()).known()).map(Deadline.Due::ends);
    }
}
