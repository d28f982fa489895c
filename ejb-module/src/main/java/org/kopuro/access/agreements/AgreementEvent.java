package org.kopuro.access.agreements;

/** What happens to an agreement (ACC-T40 to ACC-T46). Terminations come with those of the connection; what is reached is the clock's to tell. */
public enum AgreementEvent {
    DRAFT, SIGN, AMEND, ANNOUNCE_TERMINATION, WITHDRAW_TERMINATION, TERMINATION_DUE, DATE_MOVED, EXPIRE
}
