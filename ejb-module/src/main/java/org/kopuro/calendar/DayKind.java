package org.kopuro.calendar;

/** Whether a day counts. */
public enum DayKind {
    WORKING, NON_WORKING
}
