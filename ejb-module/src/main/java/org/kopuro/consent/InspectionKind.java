package org.kopuro.consent;

/** What the authority has read. */
public enum InspectionKind {
    /** What the log holds about a taxpayer. */
    LOG,
    /** A call, with its messages. */
    EVIDENCE,
    /** A form consent that is or was disputed, its file or its signature. */
    FORM,
    /** Operational records of calls of a time; about nobody, and so told to everybody who was called about in that time. */
    RECORDS
}
