package org.kopuro.access.agreements;

import org.kopuro.kernel.RefusalCode;
import org.kopuro.kernel.RefusalKind;

/** Why an agreement cannot be drafted, signed or amended so. */
public enum AgreementRefusal implements RefusalCode {
    /** The procedure demands none. */
    AGREEMENT_NOT_FORESEEN,
    AGREEMENT_NUMBER_TAKEN,
    AGREEMENT_OVERLAPS,
    AGREEMENT_TERM_INVALID,
    AGREEMENT_TERM_OVER,
    AGREEMENT_SIGNED_IN_THE_FUTURE,
    /** Not a file of this agreement. */
    AGREEMENT_DOCUMENT_UNKNOWN,
    AGREEMENT_DOCUMENTS_TOO_MANY,
    /** The participant does not confirm all that it has to (ACC-O7, ACC-O9, ACC-O15). */
    AGREEMENT_CONFIRMATION_MISSING,
    SERVICE_NOT_UNDER_THE_PROCEDURE,
    /** Signed when the order was in effect already (ACC-56). */
    NOT_A_LEGACY_AGREEMENT,
    LEGACY_TERM_NOT_EXTENDED;

    @Override
    public RefusalKind kind() {
        return switch (this) {
            case AGREEMENT_NUMBER_TAKEN, AGREEMENT_OVERLAPS -> RefusalKind.CONFLICT;
            default -> RefusalKind.RULE;
        };
    }
}
