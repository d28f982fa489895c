package org.kopuro.access.procedures;

import static org.kopuro.access.procedures.DeadlineRule.Side.AUTHORITY;
import static org.kopuro.access.procedures.DeadlineRule.Side.PARTICIPANT;

/** What a procedure sets a time for. How many working days, and whether after an event or before a day, is the procedure's data. */
public enum DeadlineRule {
    CONFIRM_REQUEST(AUTHORITY),
    DECIDE_TEST(AUTHORITY),
    DECIDE_JOINT_TEST(AUTHORITY),
    DECIDE_PRODUCTION(AUTHORITY),
    DECIDE_RESTORATION(AUTHORITY),
    DECIDE_CHANGE(AUTHORITY),
    DISCONNECT_ON_REQUEST(AUTHORITY),
    SUPPLY_INFORMATION(PARTICIPANT),
    ANNOUNCE_SUSPENSION(AUTHORITY),
    ANNOUNCE_TERMINATION(AUTHORITY),
    ANNOUNCE_OUTAGE(AUTHORITY),
    ANNOUNCE_CHANGE(AUTHORITY),
    TELL_SUSPENSION(AUTHORITY),
    TELL_RESTORATION(AUTHORITY),
    TELL_DISCONNECTION(AUTHORITY),
    REPORT_PARTICULARS(PARTICIPANT),
    REPORT_LIQUIDATION(PARTICIPANT),
    RENEW_AGREEMENT(PARTICIPANT),
    WARN_OF_END_FIRST(AUTHORITY),
    WARN_OF_END_AGAIN(AUTHORITY),
    WARN_OF_END_LAST(AUTHORITY);

    /** Who owes what the rule sets a time for. */
    public enum Side {
        AUTHORITY, PARTICIPANT
    }

    private final Side side;

    DeadlineRule(Side side) {
        this.side = side;
    }

    public Side side() {
        return side;
    }
}
