package org.kopuro.access.agreements;

/**
 * Something that the clock brings about.
 *
 * @param workingDays of a warning: how many before the end
 */
public record AgreementDue(Kind kind, AgreementId agreement, int workingDays) {

    /** Under which name it waits after a failure. */
    public String matter() {
        return matter(kind, agreement.value().toString());
    }

    static String matter(Kind kind, String id) {
        return "agreement " + kind + " " + id;
    }

    /** What there is to do. */
    public enum Kind {
        /** The term is over, or an announced termination is reached without its connection. */
        END,
        /** A renewal is in force, and its connection is still suspended for want of one. */
        RESTORE,
        /** The time for a renewal is over. */
        DISCONNECT,
        WARN
    }
}
