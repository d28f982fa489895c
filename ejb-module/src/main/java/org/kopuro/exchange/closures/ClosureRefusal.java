package org.kopuro.exchange.closures;

import org.kopuro.kernel.RefusalCode;

/** Why nothing is closed or opened. */
public enum ClosureRefusal implements RefusalCode {
    /** The same is closed for some of the time already. */
    CLOSED_ALREADY,
    /** It is over, or somebody has opened. */
    OPEN_ALREADY
}
