package org.kopuro.ledger;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.kopuro.kernel.Refusal;
import org.kopuro.ledger.proof.Checkpoint;
import org.kopuro.ledger.proof.ConsistencyProof;
import org.kopuro.ledger.proof.InclusionProof;
import org.kopuro.ledger.proof.SignedNote;
import org.kopuro.ledger.proof.Tile;
import org.kopuro.ledger.proof.Unproven;
import org.kopuro.ledger.proof.VerifierKey;

/** What everybody may read of the ledger, and what witnesses add to it. */
@Stateless
public class PublishedTree {

    /** How far ahead of ours a witness's clock may be. */
    private static final Duration CLOCK_DIFFERENCE = Duration.ofMinutes(10);

    @Inject
    private TreeStore store;
    @Inject
    private Tree tree;
    @Inject
    private Clock clock;

    /** The newest checkpoint: a signed note. */
    public String checkpoint() {
        return tree.note(tree.newest());
    }

    /** A checkpoint that was published once. */
    public String checkpoint(long size) {
        return tree.note(store.checkpoint(size).orElseThrow(() -> Refusal.of(LedgerRefusal.CHECKPOINT_UNKNOWN, "size")));
    }

    /** The hashes of a tile; refused where the tree has fewer. */
    public byte[] hashes(Tile tile) {
        requireInTree(tile);
        return store.hashes(tile);
    }

    /** The entries under a tile of level 0 or bundle, canonical JSON each. */
    public List<String> entries(Tile tile) {
        requireInTree(tile);
        return store.entries(tile);
    }

    /** Verifier keys under which this ledger ever signed, the newest last. */
    public List<String> verifierKeys() {
        return store.verifierKeys();
    }

    public InclusionProof inclusion(long index, long size) {
        return tree.inclusion(index, size);
    }

    public ConsistencyProof consistency(long from, long to) {
        return tree.consistency(from, to);
    }

    /**
     * Takes cosignatures of registered witnesses for a checkpoint that was published. Lines of others are ignored; without any line of a
     * witness the note is refused.
     */
    public void cosign(String note) {
        try {
            SignedNote signed = SignedNote.parse(note);
            Checkpoint checkpoint = Checkpoint.parse(signed.text());
            TreeStore.Published published = store.checkpoint(checkpoint.size()).orElseThrow(() -> Refusal.of(LedgerRefusal.CHECKPOINT_UNKNOWN, "size"));
            if (!published.note().startsWith(signed.text() + "\n")) {
                throw Refusal.of(LedgerRefusal.CHECKPOINT_UNKNOWN, "root");
            }
            int taken = 0;
            for (String vkey : store.witnesses()) {
                VerifierKey witness = VerifierKey.parse(vkey);
                for (SignedNote.Signature line : signed.signatures()) {
                    if (witness.made(line)) {
                        keep(checkpoint, signed.text(), witness, line);
                        taken++;
                    }
                }
            }
            if (taken == 0) {
                throw Refusal.of(LedgerRefusal.WITNESS_UNKNOWN, "signature");
            }
        } catch (Unproven e) {
            throw Refusal.of(LedgerRefusal.COSIGNATURE_MALFORMED, "body", e.getMessage());
        }
    }

    private void keep(Checkpoint checkpoint, String text, VerifierKey witness, SignedNote.Signature line) {
        Optional<Instant> at;
        try {
            at = witness.verify(text, line);
        } catch (Unproven e) {
            throw Refusal.of(LedgerRefusal.COSIGNATURE_WRONG, "signature", e.getMessage());
        }
        Instant signedAt = at.filter(time -> time.isBefore(clock.instant().plus(CLOCK_DIFFERENCE)))
                .orElseThrow(() -> Refusal.of(LedgerRefusal.COSIGNATURE_WRONG, "signature", "The time of the cosignature lies in the future."));
        store.addCosignature(checkpoint.size(), witness.toString(), line.format(), signedAt);
    }

    private void requireInTree(Tile tile) {
        long size = tree.newest().size();
        Optional<Tile> there = Tile.in(tile.level(), tile.number(), size);
        if (there.isEmpty() || there.get().width() < tile.width()) {
            throw Refusal.of(LedgerRefusal.NOT_IN_TREE, "tile");
        }
    }
}
