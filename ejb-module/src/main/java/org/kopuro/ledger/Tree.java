package org.kopuro.ledger;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import org.kopuro.kernel.Refusal;
import org.kopuro.ledger.proof.ConsistencyProof;
import org.kopuro.ledger.proof.InclusionProof;
import org.kopuro.ledger.proof.SignedNote;
import org.kopuro.ledger.proof.Tiles;
import org.kopuro.ledger.proof.Unproven;

/** Checkpoints as they are published, and proofs between them, read from the stored tiles. */
@Dependent
class Tree {

    @Inject
    private TreeStore store;

    TreeStore.Published newest() {
        return store.newestCheckpoint().orElseThrow(() -> Refusal.of(LedgerRefusal.NOT_IN_TREE, "size"));
    }

    /** The newest checkpoint with a witness's word that covers the leaf, else the newest of all. */
    TreeStore.Published bestFor(long index) {
        return store.newestCosignedCheckpoint(index).orElseGet(this::newest);
    }

    /** The signed note with the cosignatures that it has by now. */
    String note(TreeStore.Published checkpoint) {
        List<String> lines = store.cosignatures(checkpoint.size());
        if (lines.isEmpty()) {
            return checkpoint.note();
        }
        try {
            List<SignedNote.Signature> cosignatures = new ArrayList<>();
            for (String line : lines) {
                cosignatures.add(SignedNote.Signature.parse(line));
            }
            return SignedNote.parse(checkpoint.note()).with(cosignatures).format();
        } catch (Unproven e) {
            throw new IllegalStateException(e);
        }
    }

    InclusionProof inclusion(long index, long size) {
        requireAtMostNewest(size);
        if (index < 0 || index >= size) {
            throw Refusal.of(LedgerRefusal.NOT_IN_TREE, "index");
        }
        try {
            return tiles(size).inclusion(index, size);
        } catch (Unproven e) {
            throw new IllegalStateException(e);
        }
    }

    ConsistencyProof consistency(long from, long to) {
        requireAtMostNewest(to);
        if (from < 0 || from > to) {
            throw Refusal.of(LedgerRefusal.NOT_IN_TREE, "from");
        }
        try {
            return tiles(to).consistency(from, to);
        } catch (Unproven e) {
            throw new IllegalStateException(e);
        }
    }

    private Tiles tiles(long size) {
        return new Tiles(store::hashes, size);
    }

    private void requireAtMostNewest(long size) {
        if (size < 1 || size > newest().size()) {
            throw Refusal.of(LedgerRefusal.NOT_IN_TREE, "size");
        }
    }
}
