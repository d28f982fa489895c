package org.kopuro.exchange;

import org.kopuro.kernel.RefusalCode;

/** Why the exchange takes no call, or not this one, from a caller that is known. */
public enum ExchangeRefusal implements RefusalCode {
    /** An official has closed the contour. */
    MAINTENANCE_MODE,
    /** The participant's message ids must be new, and this one is not. */
    MESSAGE_ID_REPEATED
}
