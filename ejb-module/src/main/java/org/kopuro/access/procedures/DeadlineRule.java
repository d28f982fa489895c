package org.kopuro.access.procedures;

import static org.kopuro.access.procedures.DeadlineRule.Side.AUTHORITY;
import static org.kopuro.access.procedures.DeadlineRule.Side.PARTICIPANT;
import static org.kopuro.access.procedures.DeadlineTerm.Direction.AFTER;
import static org.kopuro.access.procedures.DeadlineTerm.Direction.BEFORE;

/** What a procedure sets a time for. How many working days is the procedure's data; whether they follow an event or precede a day lies in the matter. */
public enum DeadlineRule {
    CONFIRM_REQUEST(AUTHORITY, AFTER),
    DECIDE_TEST(AUTHORITY, AFTER),
    DECIDE_JOINT_TEST(AUTHORITY, AFTER),
    DECIDE_PRODUCTION(AUTHORITY, AFTER),
    DECIDE_RESTORATION(AUTHORITY, AFTER),
    DECIDE_CHANGE(AUTHORITY, AFTER),
    DISCONNECT_ON_REQUEST(AUTHORITY, AFTER),
    SUPPLY_INFORMATION(PARTICIPANT, AFTER),
    ANNOUNCE_SUSPENSION(AUTHORITY, BEFORE),
    ANNOUNCE_TERMINATION(AUTHORITY, BEFORE),
    ANNOUNCE_OUTAGE(AUTHORITY, BEFORE),
    ANNOUNCE_CHANGE(AUTHORITY, BEFORE),
    TELL_SUSPENSION(AUTHORITY, AFTER),
    TELL_RESTORATION(AUTHORITY, AFTER),
    TELL_DISCONNECTION(AUTHORITY, AFTER),
    REPORT_PARTICULARS(PARTICIPANT, AFTER),
    REPORT_LIQUIDATION(PARTICIPANT, BEFORE),
    RENEW_AGREEMENT(PARTICIPANT, AFTER),
    WARN_OF_END_FIRST(AUTHORITY, BEFORE),
    WARN_OF_END_AGAIN(AUTHORITY, BEFORE),
    WARN_OF_END_LAST(AUTHORITY, BEFORE);

    /** Who owes what the rule sets a time for. */
    public enum Side {
        AUTHORITY, PARTICIPANT
    }

    private final Side side;
    private final DeadlineTerm.Direction direction;

    DeadlineRule(Side side, DeadlineTerm.Direction direction) {
        this.side = side;
        this.direction = direction;
    }

    public Side side() {
        return side;
    }

    public DeadlineTerm.Direction direction() {
        return direction;
    }
}
