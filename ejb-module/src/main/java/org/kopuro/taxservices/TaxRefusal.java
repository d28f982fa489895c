package org.kopuro.taxservices;

import org.kopuro.kernel.RefusalCode;

/** Why a tax service cannot answer a question that may be asked. */
public enum TaxRefusal implements RefusalCode {
    TAXPAYER_UNKNOWN,
    DEBTS_NOT_LOADED,
    PERIOD_INCOMPLETE,
    PERIOD_UNREADABLE,
    PERIOD_REVERSED,
    PERIOD_IN_THE_FUTURE
}
