package org.kopuro.access.agreements;

/** What a participant confirms in its agreement, and the system checks no further. */
public enum ConfirmedDuty {
    /** That it obeys the law of taxes, e-government, signatures and personal data (ACC-O7, 003 §14.3). */
    LAW_OBEYED,
    /** That it protects data from unauthorised access (ACC-O9, 003 §14.5). */
    DATA_PROTECTED,
    /** That it keeps what it learns to itself (ACC-O15, 003 §14.11). */
    CONFIDENTIALITY_KEPT
}
