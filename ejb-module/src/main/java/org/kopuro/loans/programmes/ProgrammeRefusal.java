package org.kopuro.loans.programmes;

import org.kopuro.kernel.RefusalCode;
import org.kopuro.kernel.RefusalKind;

/** Why a programme, its rules or an accreditation are not so. */
public enum ProgrammeRefusal implements RefusalCode {
    PROGRAMME_UNKNOWN,
    /** No rule set of it is approved. */
    PROGRAMME_WITHOUT_RULES,
    PROGRAMME_ADDED_ALREADY,
    /** Another change of the programme waits to be decided. */
    PROGRAMME_CHANGE_PROPOSED_ALREADY,
    REGULATOR_ADDED_ALREADY,
    /** Its decree, regulator or procedure is not registered. */
    PROGRAMME_REFERS_TO_NOTHING,
    /** Both contours have one set of programmes. */
    PROGRAMMES_NOT_OF_THIS_CONTOUR,
    /** Applicants have more than one active loan already. */
    DUPLICATES_THERE_ALREADY,
    /** Loans of it are being entered at this very moment. */
    PROGRAMME_BUSY,
    RULE_SET_PROPOSED_ALREADY,
    RULE_SET_OWN_PROPOSAL,
    /** A newer version was approved meanwhile. */
    RULE_SET_OVERTAKEN,
    RULE_SET_STAGES_OVERLAP,
    ACCREDITATION_OVERLAPS,
    ACCREDITATION_ENDED_ALREADY,
    /** It takes no part in this contour. */
    BANK_UNKNOWN,
    PROGRAMME_OF_ANOTHER_REGULATOR,
    /** It is not of this contour, or has not the role. */
    ACCOUNT_NOT_OF_A_REGULATOR,
    ACCOUNT_OF_A_REGULATOR_ALREADY;

    @Override
    public RefusalKind kind() {
        return switch (this) {
            case PROGRAMMES_NOT_OF_THIS_CONTOUR, RULE_SET_OWN_PROPOSAL, PROGRAMME_OF_ANOTHER_REGULATOR -> RefusalKind.FORBIDDEN;
            case PROGRAMME_ADDED_ALREADY, PROGRAMME_CHANGE_PROPOSED_ALREADY, REGULATOR_ADDED_ALREADY, DUPLICATES_THERE_ALREADY, RULE_SET_PROPOSED_ALREADY, RULE_SET_OVERTAKEN, RULE_SET_STAGES_OVERLAP, ACCREDITATION_OVERLAPS, ACCREDITATION_ENDED_ALREADY,
                    ACCOUNT_OF_A_REGULATOR_ALREADY -> RefusalKind.CONFLICT;
            case PROGRAMME_BUSY -> RefusalKind.UNAVAILABLE;
            default -> RefusalKind.RULE;
        };
    }
}
