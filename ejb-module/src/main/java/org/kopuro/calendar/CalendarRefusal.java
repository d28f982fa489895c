package org.kopuro.calendar;

import org.kopuro.kernel.RefusalCode;
import org.kopuro.kernel.RefusalKind;

/** Why a deadline cannot be told, or a file is not a year of a calendar. */
public enum CalendarRefusal implements RefusalCode {
    CALENDAR_UNKNOWN,
    CALENDAR_MISSING,
    YEAR_OUT_OF_RANGE,
    CALENDAR_NOT_OF_THIS_CONTOUR,
    // The whole file.
    FILE_EMPTY,
    FILE_TOO_LARGE,
    FILE_CUT_OFF,
    HEADER_WRONG,
    // One line.
    LINE_NOT_UTF8,
    LINE_BROKEN,
    DATE_WRONG,
    DAY_OUTSIDE_YEAR,
    KIND_UNKNOWN,
    NAME_WRONG,
    DAY_TWICE,
    DAYS_CONTRADICT,
    // One event of an iCalendar file.
    EVENT_NOT_ALL_DAY,
    EVENT_RECURS,
    EVENT_CANCELLED;

    @Override
    public RefusalKind kind() {
        return switch (this) {
            case FILE_TOO_LARGE -> RefusalKind.TOO_LARGE;
            case CALENDAR_NOT_OF_THIS_CONTOUR -> RefusalKind.FORBIDDEN;
            default -> RefusalKind.RULE;
        };
    }
}
