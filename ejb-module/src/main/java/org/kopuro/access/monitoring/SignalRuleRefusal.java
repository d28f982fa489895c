package org.kopuro.access.monitoring;

import org.kopuro.kernel.RefusalCode;

/** Why a rule for signals is not changed so. */
public enum SignalRuleRefusal implements RefusalCode {
    /** Rules hold in both contours. */
    SIGNAL_RULE_BY_PRODUCTION,
    SIGNAL_RULE_CHANGED_MEANWHILE
}
