package org.kopuro.access.duties;

/** What a participant reports (003 §14.6 to §14.8). */
public enum ReportKind {
    PARTICULARS_CHANGED, LIQUIDATION, REORGANISATION, OUTAGE, BREACH;

    /** About a day; the others are about a moment. */
    public boolean ofDay() {
        return this == PARTICULARS_CHANGED || this == LIQUIDATION || this == REORGANISATION;
    }
}
