package org.kopuro.consent.complaints;

import org.kopuro.kernel.RefusalCode;

/** Why a complaint is not taken, or not answered. */
public enum ComplaintRefusal implements RefusalCode {
    COMPLAINT_WITHOUT_TOKEN,
    COMPLAINT_WAITS_ALREADY,
    COMPLAINTS_TOO_MANY,
    COMPLAINT_ANSWERED_ALREADY
}
