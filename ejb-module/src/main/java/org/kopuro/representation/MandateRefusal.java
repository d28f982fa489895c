package org.kopuro.representation;

import org.kopuro.kernel.RefusalCode;
import org.kopuro.kernel.RefusalKind;

/** Why somebody may not act for another, or a mandate cannot be granted. */
public enum MandateRefusal implements RefusalCode {
    MANDATE_NOT_IN_FORCE,
    NOT_THE_HEAD,
    ONLY_TAXPAYER,
    ONLY_GRANTOR,
    ONLY_REPRESENTATIVE,
    RIGHT_NOT_IN_MANDATE,
    SERVICE_NOT_IN_MANDATE,
    TERM_NOT_IN_MANDATE,
    DELEGATION_TOO_DEEP,
    REPRESENTATIVE_UNKNOWN,
    REPRESENTATIVE_IS_PARTY,
    SERVICE_UNKNOWN,
    TERM_TOO_LONG,
    TERM_OVER,
    MANDATE_EXISTS,
    MANDATES_TOO_MANY,
    GROUNDS_TOO_MANY;

    @Override
    public RefusalKind kind() {
        return switch (this) {
            case MANDATE_NOT_IN_FORCE, NOT_THE_HEAD, ONLY_TAXPAYER, ONLY_GRANTOR, ONLY_REPRESENTATIVE, RIGHT_NOT_IN_MANDATE, SERVICE_NOT_IN_MANDATE -> RefusalKind.FORBIDDEN;
            case MANDATE_EXISTS -> RefusalKind.CONFLICT;
            case MANDATES_TOO_MANY, GROUNDS_TOO_MANY -> RefusalKind.TOO_MANY;
            default -> RefusalKind.RULE;
        };
    }
}
