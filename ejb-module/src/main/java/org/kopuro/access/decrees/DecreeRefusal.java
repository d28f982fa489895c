package org.kopuro.access.decrees;

import org.kopuro.kernel.RefusalCode;

/** Why a decree is not changed so, or nothing decided. */
public enum DecreeRefusal implements RefusalCode {
    DECREE_REGISTERED_ALREADY,
    /** Another edition came first, or this one begins before it. */
    DECREE_EDITION_OUT_OF_ORDER,
    DECREE_NOT_OF_THIS_CONTOUR,
    /** Decided already, or never touched. */
    DECREE_MATTER_NOT_OPEN
}
