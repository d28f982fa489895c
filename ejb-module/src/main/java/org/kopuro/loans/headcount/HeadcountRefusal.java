package org.kopuro.loans.headcount;

import org.kopuro.kernel.RefusalCode;

/** Why no maximum is calculated. */
public enum HeadcountRefusal implements RefusalCode {
    /** The rule set's numbers make a sum that no loan has. */
    MAXIMUM_TOO_LARGE,
    /** A rule set with a formula says no month. */
    MONTH_NOT_RULED
}
