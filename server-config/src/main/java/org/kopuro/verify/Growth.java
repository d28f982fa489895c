package org.kopuro.verify;

import org.kopuro.ledger.proof.Checkpoint;
import org.kopuro.ledger.proof.ConsistencyProof;
import org.kopuro.ledger.proof.Unproven;

/** That one checkpoint continues another. */
record Growth(Checkpoint older, Checkpoint newer) {

    void verifySame() throws Unproven {
        requireOneLedger();
        if (!older.root().equals(newer.root())) {
            throw fork("two different trees were signed for " + older.size() + " entries");
        }
    }

    void verify(ConsistencyProof proof) throws Unproven {
        requireOneLedger();
        if (older.size() > newer.size()) {
            throw new Unproven("The ledger shrank from " + older.size() + " to " + newer.size() + " entries, unless the two checkpoints were named in the wrong order.");
        }
        if (older.size() == newer.size()) {
            verifySame();
        }
        if (proof.from() != older.size() || proof.to() != newer.size()) {
            throw new Unproven("The consistency proof is from " + proof.from() + " to " + proof.to() + " entries, the checkpoints are of " + older.size() + " and " + newer.size() + ".");
        }
        try {
            proof.verify(older.root(), newer.root());
        } catch (Unproven e) {
            throw fork("the newer tree does not continue the older one, or the proof is false. " + e.getMessage());
        }
    }

    private void requireOneLedger() throws Unproven {
        if (!older.origin().equals(newer.origin())) {
            throw new Unproven("The checkpoints are of two ledgers: " + older.origin() + " and " + newer.origin() + ".");
        }
    }

    private Unproven fork(String what) {
        return new Unproven("fork: " + what + " (older root " + older.root() + " of " + older.size() + ", newer root " + newer.root() + " of " + newer.size() + ")");
    }
}
