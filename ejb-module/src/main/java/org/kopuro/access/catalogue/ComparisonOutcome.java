package org.kopuro.access.catalogue;

/** How an attempt to read the exchange's catalogue ended. */
public enum ComparisonOutcome {
    COMPARED,
    /** No connection, no such file. */
    UNREACHABLE,
    TIMED_OUT,
    /** An answer with another status than 200. */
    REFUSED,
    TOO_LARGE,
    NOT_UNDERSTOOD,
    /** It lists services, and none of them is of our subsystem. */
    OF_SOMEBODY_ELSE
}
