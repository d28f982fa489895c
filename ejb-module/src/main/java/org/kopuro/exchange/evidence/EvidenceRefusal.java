package org.kopuro.exchange.evidence;

import org.kopuro.kernel.RefusalCode;

/** Why there is no evidence of a call. */
public enum EvidenceRefusal implements RefusalCode {
    EVIDENCE_NOT_KEPT,
    EVIDENCE_RETENTION_OVER,
    EVIDENCE_ALTERED,
    EVIDENCE_KEY_MISSING,
    EVIDENCE_TIME_STAMP_UNAVAILABLE
}
