package org.kopuro.registers.borrowers;

import org.kopuro.kernel.Contour;
import org.kopuro.kernel.RefusalCode;
import org.kopuro.kernel.RefusalKind;

/** What is wrong with an identifier (LOAN-120 to LOAN-127), and what follows in which contour (LOAN-130). A warning has the code and the text of the refusal (LOAN-131). */
public enum IdentifierProblem implements RefusalCode {
    BORROWER_INN_FORM(Soundness.MALFORMED),
    BORROWER_INN_ZEROS(Soundness.MALFORMED),
    BORROWER_INN_CHECK_DIGIT(Soundness.DOUBTFUL),
    OGRN_FORM(Soundness.MALFORMED),
    OGRN_ZEROS(Soundness.MALFORMED),
    OGRN_FIRST_DIGIT(Soundness.DOUBTFUL),
    OGRN_CHECK_DIGIT(Soundness.DOUBTFUL),
    SNILS_FORM(Soundness.MALFORMED),
    SNILS_ZEROS(Soundness.MALFORMED),
    SNILS_CHECK_NUMBER(Soundness.DOUBTFUL),
    SNILS_THREE_EQUAL(Soundness.SOUND),
    KPP_FORM(Soundness.MALFORMED),
    OKVED_FORM(Soundness.MALFORMED),
    KYRGYZ_INN_FORM(Soundness.MALFORMED),
    KYRGYZ_INN_ZEROS(Soundness.MALFORMED),
    KYRGYZ_INN_FIRST_DIGIT(Soundness.SOUND),
    KYRGYZ_INN_DATE(Soundness.SOUND);

    private final Soundness worth;

    IdentifierProblem(Soundness worth) {
        this.worth = worth;
    }

    @Override
    public RefusalKind kind() {
        return worth == Soundness.MALFORMED ? RefusalKind.MALFORMED : RefusalKind.RULE;
    }

    /** What an identifier is worth that has it; sound, where it is told and refused nowhere, because such numbers may have been given. */
    Soundness worth() {
        return worth;
    }

    /** Else it is a warning there. */
    public boolean refusedIn(Contour contour) {
        return worth == Soundness.MALFORMED || worth == Soundness.DOUBTFUL && contour == Contour.PRODUCTION;
    }
}
