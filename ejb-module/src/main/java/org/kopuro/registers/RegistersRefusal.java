package org.kopuro.registers;

import org.kopuro.kernel.RefusalCode;

/** Why a register gives no answer about a taxpayer whom it knows. */
public enum RegistersRefusal implements RefusalCode {
    /** No complete extract of debts has been loaded into the contour; "no debt" would be a guess. */
    DEBTS_NOT_LOADED
}
