package org.kopuro.notices;

import org.kopuro.kernel.RefusalCode;
import org.kopuro.kernel.RefusalKind;

/** Why a text cannot be published, or a notice not be sent again. */
public enum NoticeRefusal implements RefusalCode {
    TEMPLATE_MALFORMED,
    TEMPLATE_FACT_UNKNOWN,
    TEMPLATE_IN_THE_PAST,
    TEMPLATE_ALREADY_PUBLISHED,
    TEMPLATE_PROPOSED_ALREADY,
    TEMPLATE_OWN_PROPOSAL,
    TEMPLATE_NOT_OF_THIS_CONTOUR,
    ADDRESS_NOT_POSSIBLE,
    DELIVERY_ALREADY_REPLACED,
    /** No report of a mail system about one of our letters. */
    REPORT_UNREADABLE,
    /** Who chose where such a letter goes would have what it opens. */
    SECRET_TO_ANOTHER_ADDRESS;

    @Override
    public RefusalKind kind() {
        return switch (this) {
            case TEMPLATE_OWN_PROPOSAL, TEMPLATE_NOT_OF_THIS_CONTOUR, SECRET_TO_ANOTHER_ADDRESS -> RefusalKind.FORBIDDEN;
            case TEMPLATE_ALREADY_PUBLISHED, TEMPLATE_PROPOSED_ALREADY, DELIVERY_ALREADY_REPLACED -> RefusalKind.CONFLICT;
            default -> RefusalKind.RULE;
        };
    }
}
