package org.kopuro.exchange.repetition;

import org.kopuro.kernel.RefusalCode;

/** Why a rule is not set. */
public enum RepetitionRefusal implements RefusalCode {
    /** Another official has set one since the revision that this one has seen. */
    RULE_CHANGED_MEANWHILE
}
