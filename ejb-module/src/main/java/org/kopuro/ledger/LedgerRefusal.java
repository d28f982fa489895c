package org.kopuro.ledger;

import org.kopuro.kernel.RefusalCode;
import org.kopuro.kernel.RefusalKind;

/** Why a question to the ledger, or a witness's word, is not taken. */
public enum LedgerRefusal implements RefusalCode {
    /** Not committed long enough: in a second there is a checkpoint. */
    ENTRY_NOT_YET_IN_TREE,
    /** A size, index or tile beyond the newest checkpoint. */
    NOT_IN_TREE,
    CHECKPOINT_UNKNOWN,
    COSIGNATURE_MALFORMED,
    COSIGNATURE_WRONG,
    WITNESS_UNKNOWN;

    @Override
    public RefusalKind kind() {
        return switch (this) {
            case NOT_IN_TREE, CHECKPOINT_UNKNOWN -> RefusalKind.NOT_THERE;
            case ENTRY_NOT_YET_IN_TREE -> RefusalKind.CONFLICT;
            default -> RefusalKind.RULE;
        };
    }
}
