package org.kopuro.access;

import org.kopuro.kernel.RefusalCode;

/**
 * Why a participant may not call, or an access right cannot be given. For {@code ACCESS_RIGHT_MISSING} the field names the
 * part that is missing: {@code accessRight.subsystem}, {@code .service}, {@code .contour} or {@code .period}.
 */
public enum AccessRefusal implements RefusalCode {
    PARTICIPANT_NOT_CONNECTED,
    PARTICIPANT_SUSPENDED,
    PARTICIPANT_DISCONNECTED,
    ACCESS_RIGHT_MISSING,
    SERVICE_UNKNOWN,
    SERVICE_DISABLED,
    ACCESS_RIGHT_OVERLAPS,
    ACCESS_RIGHT_PERIOD_INVALID
}
