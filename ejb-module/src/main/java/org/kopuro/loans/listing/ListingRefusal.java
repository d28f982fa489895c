package org.kopuro.loans.listing;

import org.kopuro.kernel.RefusalCode;
import org.kopuro.kernel.RefusalKind;

/** Why a listing does not go on. */
public enum ListingRefusal implements RefusalCode {
    /** Not one that this listing gave: another filter, another order, another reader, or nobody's. */
    LISTING_CURSOR_UNKNOWN,
    /** It is a day old, or of before the database was restored. */
    LISTING_CURSOR_EXPIRED;

    @Override
    public RefusalKind kind() {
        return this == LISTING_CURSOR_EXPIRED ? RefusalKind.GONE : RefusalKind.MALFORMED;
    }
}
