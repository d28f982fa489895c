package org.kopuro.access;

import java.util.Optional;
import org.kopuro.access.procedures.Measure;

/**
 * What happens to a connection (ACC-T20 to ACC-T35). The ends of announcements and of an agreement's term are the system's to tell, the rest is
 * decided by officials.
 */
public enum ConnectionEvent {
    CONNECT, ANNOUNCE_SUSPENSION, WITHDRAW_SUSPENSION, SUSPENSION_DUE, SUSPEND, RESTORE, ANNOUNCE_TERMINATION, WITHDRAW_TERMINATION, TERMINATION_DUE,
    AGREEMENT_EXPIRED, AGREEMENT_RENEWED, AGREEMENT_NOT_RENEWED, DATE_MOVED, DISCONNECT, FORCE_DISCONNECTION, LIQUIDATE;

    /** The measure whose grounds the procedure lists, where an official has to name one (ACC-2). */
    Optional<Measure> measure() {
        return switch (this) {
            case ANNOUNCE_SUSPENSION, SUSPEND -> Optional.of(Measure.SUSPENSION);
            case ANNOUNCE_TERMINATION -> Optional.of(Measure.TERMINATION);
            case FORCE_DISCONNECTION -> Optional.of(Measure.DISCONNECTION);
            default -> Optional.empty();
        };
    }

    /** The measure under whose grounds the procedure lists its ground: an official's, or that of the announcement that it follows. */
    Optional<Measure> listedUnder() {
        return switch (this) {
            case SUSPENSION_DUE -> Optional.of(Measure.SUSPENSION);
            case TERMINATION_DUE -> Optional.of(Measure.TERMINATION);
            default -> measure();
        };
    }

    /** Whether it follows an announcement, on whose ground it stands, and to whose incident it refers. */
    boolean follows() {
        return this == SUSPENSION_DUE || this == TERMINATION_DUE || this == DATE_MOVED;
    }

    /** Whether something is announced for a later day. */
    boolean announces() {
        return this == ANNOUNCE_SUSPENSION || this == ANNOUNCE_TERMINATION;
    }

    /** Whether nothing but the clock, or the end of an agreement, may bring it about. */
    boolean ofTheSystem() {
        return this == SUSPENSION_DUE || this == TERMINATION_DUE || this == DATE_MOVED || this == AGREEMENT_EXPIRED || this == AGREEMENT_NOT_RENEWED;
    }
}
