package org.kopuro.exchange;

import org.kopuro.kernel.RefusalCode;

/** Why it is not established who calls: signature, time-stamp, certificate, membership, replay. */
public enum IdentityRefusal implements RefusalCode {
    SIGNATURE_MISSING,
    SIGNATURE_FORM_REFUSED,
    SIGNATURE_ALGORITHM_REFUSED,
    SIGNATURE_INCOMPLETE,
    SIGNATURE_INVALID,
    DUPLICATE_ID,
    TIMESTAMP_MISSING,
    TIMESTAMP_INVALID,
    TIMESTAMP_OUTSIDE_WINDOW,
    CERTIFICATE_KEY_REFUSED,
    CERTIFICATE_UNKNOWN,
    CERTIFICATE_OF_ANOTHER_SUBSYSTEM,
    CERTIFICATE_BLOCKED,
    CERTIFICATE_NOT_YET_VALID,
    CERTIFICATE_EXPIRED,
    MEMBER_UNKNOWN,
    PROVIDER_UNKNOWN,
    GATEWAY_UNKNOWN,
    MESSAGE_REPLAYED
}
