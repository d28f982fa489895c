package org.kopuro.access.procedures;

import org.kopuro.kernel.RefusalCode;
import org.kopuro.kernel.RefusalKind;

/** Why a version of a procedure is not published. */
public enum ProcedureRefusal implements RefusalCode {
    PROCEDURE_VERSION_TAKEN,
    PROCEDURE_FIRST_DAY_TOO_EARLY,
    PROCEDURE_NOT_THE_SAME,
    PROCEDURE_CALENDAR_UNKNOWN,
    /** No such decree is registered. */
    PROCEDURE_DECREE_UNKNOWN,
    PROCEDURE_RULE_MISSING,
    PROCEDURE_ENTRY_TWICE,
    PROCEDURE_PROPOSED_ALREADY,
    PROCEDURE_OWN_PROPOSAL,
    PROCEDURE_NOT_OF_THIS_CONTOUR;

    @Override
    public RefusalKind kind() {
        return switch (this) {
            case PROCEDURE_OWN_PROPOSAL, PROCEDURE_NOT_OF_THIS_CONTOUR -> RefusalKind.FORBIDDEN;
            case PROCEDURE_VERSION_TAKEN, PROCEDURE_PROPOSED_ALREADY -> RefusalKind.CONFLICT;
            default -> RefusalKind.RULE;
        };
    }
}
