package org.kopuro.exchange.evidence;

import org.kopuro.kernel.RefusalCode;
import org.kopuro.kernel.RefusalKind;

/** Why there is no evidence of a call. */
public enum EvidenceRefusal implements RefusalCode {
    EVIDENCE_NOT_KEPT,
    EVIDENCE_RETENTION_OVER,
    EVIDENCE_ALTERED,
    EVIDENCE_KEY_MISSING,
    EVIDENCE_TIME_STAMP_UNAVAILABLE;

    @Override
    public RefusalKind kind() {
        return switch (this) {
            case EVIDENCE_NOT_KEPT, EVIDENCE_ALTERED -> RefusalKind.CONFLICT;
            case EVIDENCE_RETENTION_OVER -> RefusalKind.GONE;
            case EVIDENCE_KEY_MISSING, EVIDENCE_TIME_STAMP_UNAVAILABLE -> RefusalKind.UNAVAILABLE;
            default -> RefusalKind.RULE;
        };
    }
}
