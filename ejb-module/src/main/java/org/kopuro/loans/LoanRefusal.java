package org.kopuro.loans;

import org.kopuro.kernel.RefusalCode;
import org.kopuro.kernel.RefusalKind;

/** Why a loan is not entered or changed so. Where TEST only warns, the code is the same. */
public enum LoanRefusal implements RefusalCode {
    BANK_NOT_CONNECTED,
    /** The bank is connected, and asked for the service for another of its subsystems, or for this one no longer (ACC-58). */
    SYSTEM_WITHOUT_RIGHT,
    NOT_ACCREDITED,
    PROGRAMME_UNKNOWN,
    PROGRAMME_NOT_ACTIVE,
    /** The programme takes applications only before the decision, or only contracts (LOAN-12). */
    ENTRY_POINT,
    /** No register knows it. */
    INN_UNKNOWN,
    BORROWER_KIND_DIFFERS,
    APPLICATION_NUMBER_TAKEN,
    DATE_IN_FUTURE,
    DATE_ORDER,
    /** The term and the end of the contract are a month or more apart. */
    TERM_AND_END_DIFFER,
    AMOUNT_RANGE,
    APPROVED_ABOVE_REQUESTED,
    ISSUED_ABOVE_CONTRACT,
    CONTRACT_INCOMPLETE,
    OVER_MAXIMUM,
    /** The programme has a formula, and there is nothing to count by. */
    MAXIMUM_UNKNOWN,
    NOT_ELIGIBLE,
    HEADCOUNT_DIFFERS,
    OUTSIDE_STAGE,
    /** The rules are made for applications of other days. */
    OUTSIDE_APPLICATION_DAYS,
    /** INN, KPP and OGRN in the register do not fit each other. */
    IDENTIFIERS_DISAGREE,
    /** The classifier does not have a code that the register has. */
    OKVED_UNCLASSIFIED,
    /** A row of a file says of a withdrawn loan what it was: told, and nothing changes. */
    ROW_OF_WITHDRAWN,
    DUPLICATE_BLOCKED,
    DUPLICATE_FLAGGED,
    FIELD_LOCKED,
    /** The field belongs to another event, such as a contract's sum to the contract. */
    FIELD_NOT_OF_EVENT,
    REASON_MISSING,
    VERSION_CONFLICT,
    VERSION_MISSING,
    KEY_USED_OTHERWISE,
    KEY_MISSING,
    NOT_WITHDRAWN,
    /** It is of another borrower or programme, or replaced already. */
    REPLACES_ANOTHER,
    ERROR_NOT_REPORTED,
    /** This version was reported already, whatever the regulator said to that. */
    ERROR_REPORTED,
    NO_PAIR,
    /** The bank has turned four eyes on: its controller confirms. */
    CONFIRMATION_NEEDED,
    /** Another proposal waits for the loan. */
    PROPOSAL_WAITS,
    PROPOSAL_DECIDED,
    /** Whoever proposed does not confirm. */
    OWN_PROPOSAL,
    BUSY,
    /** Its participant has asked for more than there is for each in a second. */
    LOAN_RATE_LIMITED,
    /** Its participant has so many files coming or going already. */
    LOAN_FILES_AT_ONCE;

    @Override
    public RefusalKind kind() {
        return switch (this) {
            case BANK_NOT_CONNECTED, SYSTEM_WITHOUT_RIGHT, NOT_ACCREDITED, OWN_PROPOSAL -> RefusalKind.FORBIDDEN;
            case APPLICATION_NUMBER_TAKEN, DUPLICATE_BLOCKED, KEY_USED_OTHERWISE, FIELD_LOCKED, ERROR_NOT_REPORTED, ERROR_REPORTED, NO_PAIR, NOT_WITHDRAWN, REPLACES_ANOTHER, PROPOSAL_WAITS, PROPOSAL_DECIDED,
                    CONFIRMATION_NEEDED -> RefusalKind.CONFLICT;
            case VERSION_CONFLICT -> RefusalKind.STALE;
            case VERSION_MISSING -> RefusalKind.UNCONDITIONAL;
            case KEY_MISSING, REASON_MISSING, AMOUNT_RANGE, CONTRACT_INCOMPLETE -> RefusalKind.MALFORMED;
            case BUSY -> RefusalKind.UNAVAILABLE;
            case LOAN_RATE_LIMITED, LOAN_FILES_AT_ONCE -> RefusalKind.TOO_MANY;
            default -> RefusalKind.RULE;
        };
    }
}
