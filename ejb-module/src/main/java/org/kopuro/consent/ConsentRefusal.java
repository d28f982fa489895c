package org.kopuro.consent;

import org.kopuro.kernel.RefusalCode;
import org.kopuro.kernel.RefusalKind;

/**
 * Why a call is not covered by consent (CON-42, CON-43), or a token cannot be issued.
 * {@code TOKEN_NOT_ACCEPTED} is the one answer to every stranger and to every unknown, foreign or wrong-contour token.
 */
public enum ConsentRefusal implements RefusalCode {
    TOKEN_MALFORMED,
    TOKEN_NOT_ACCEPTED,
    SUBSYSTEM_MISMATCH,
    CONSENT_REVOKED,
    CONSENT_EXPIRED,
    CONSENT_FROZEN,
    CONSENT_EXHAUSTED,
    SERVICE_NOT_COVERED,
    SUBJECT_MISMATCH,
    PERIOD_NOT_COVERED,
    FREQUENCY_EXCEEDED,
    CONSENT_REQUIRED,
    CONSENT_WITHDRAWN,
    CONSENT_DISPUTED,
    SERVICE_CANNOT_BE_LISTED,
    EXPIRY_TOO_LATE,
    EXPIRY_IN_THE_PAST,
    CALLS_TOO_MANY,
    CONSENT_TEXT_DIFFERS,
    TOKENS_TOO_MANY,
    ISSUES_TOO_MANY,
    TOKEN_REPLACED_ALREADY,
    TOKEN_OWN_ALREADY,
    PAUSED_ALREADY,
    NOT_PAUSED,
    NOTICE_NOT_SWITCHABLE,
    /** Tokens of PRODUCTION expire by time alone. */
    CLOCK_OF_TEST_ONLY;

    @Override
    public RefusalKind kind() {
        return switch (this) {
            case TOKEN_REPLACED_ALREADY, TOKEN_OWN_ALREADY, PAUSED_ALREADY, NOT_PAUSED -> RefusalKind.CONFLICT;
            case TOKENS_TOO_MANY, ISSUES_TOO_MANY -> RefusalKind.TOO_MANY;
            default -> RefusalKind.RULE;
        };
    }
}
