package org.kopuro.witness;

import java.io.IOException;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.kopuro.ledger.proof.Checkpoint;
import org.kopuro.ledger.proof.ConsistencyFile;
import org.kopuro.ledger.proof.ConsistencyProof;
import org.kopuro.ledger.proof.Hash;
import org.kopuro.ledger.proof.NoteSigner;
import org.kopuro.ledger.proof.SignedNote;
import org.kopuro.ledger.proof.Tiles;
import org.kopuro.ledger.proof.TrustedCheckpoint;
import org.kopuro.ledger.proof.Unproven;
import org.kopuro.ledger.proof.VerifierKey;
import org.kopuro.verify.WrongUse;

/** One look at the newest checkpoint: verified, mirrored, remembered, co-signed, offered, in this order. */
final class Round {

    private final RemoteLedger ledger;
    private final Collection<VerifierKey> keys;
    private final NoteSigner signer;
    private final State state;
    private final Optional<Mirror> mirror;
    private final Clock clock;
    private final BooleanSupplier stopped;

    Round(RemoteLedger ledger, Collection<VerifierKey> keys, NoteSigner signer, State state, Optional<Mirror> mirror, Clock clock, BooleanSupplier stopped) {
        this.ledger = ledger;
        this.keys = keys;
        this.signer = signer;
        this.state = state;
        this.mirror = mirror;
        this.clock = clock;
        this.stopped = stopped;
    }

    /** The size that was co-signed now; empty where nothing new was published. */
    Optional<Long> look() throws Trouble, Contradiction, WrongUse, IOException {
        Optional<SignedNote> before = state.verified();
        SignedNote note = ledger.checkpoint();
        Checkpoint now = trusted(note, before);
        if (before.isPresent()) {
            requireGrowth(before.get(), note, now);
        }
        boolean known = before.isPresent() && before.get().text().equals(note.text());
        boolean mirrored = mirror.isEmpty() || mirror.get().size() == now.size() && known;
        if (known && mirrored && note.signatures().stream().anyMatch(signer.verifier()::made)) {
            return Optional.empty();
        }
        if (mirror.isPresent()) {
            mirror.get().fetch(now, stopped);
        }
        SignedNote cosigned = cosigned(note);
        if (!state.advance(before, cosigned)) {
            // Somebody brought a checkpoint meanwhile: the next look begins there.
            return Optional.empty();
        }
        if (mirror.isPresent()) {
            mirror.get().publish(cosigned, now.size());
            mirror.get().tidy(now.size());
        }
        ledger.offer(cosigned);
        return Optional.of(now.size());
    }

    private SignedNote cosigned(SignedNote note) {
        return ours(note, keys).with(List.of(signer.cosign(note.text(), clock.instant())));
    }

    /** With the ledger's lines alone: what others signed is not ours to pass on. */
    static SignedNote ours(SignedNote note, Collection<VerifierKey> keys) {
        return new SignedNote(note.text(), note.signatures().stream().filter(line -> keys.stream().anyMatch(key -> key.made(line))).toList());
    }

    private Checkpoint trusted(SignedNote note, Optional<SignedNote> before) throws Contradiction {
        try {
            return TrustedCheckpoint.of(note, keys, List.of()).checkpoint();
        } catch (Unproven e) {
            throw new Contradiction("The ledger shows a checkpoint that its key did not sign. " + e.getMessage(), evidence(before, note));
        }
    }

    private void requireGrowth(SignedNote before, SignedNote note, Checkpoint now) throws Trouble, Contradiction, WrongUse {
        Checkpoint old;
        try {
            old = Checkpoint.parse(before.text());
        } catch (Unproven e) {
            throw new WrongUse("The state in " + state.folder() + " was altered: " + e.getMessage());
        }
        if (!old.origin().equals(now.origin())) {
            throw new WrongUse("The state in " + state.folder() + " is of the ledger " + old.origin() + ", not of " + now.origin() + ": take another folder.");
        }
        if (now.size() < old.size()) {
            throw new Contradiction("The ledger " + now.origin() + " shrank from " + old.size() + " to " + now.size() + " entries.", evidence(Optional.of(before), note));
        }
        if (now.size() == old.size()) {
            requireSame(old.root(), now, before, note, "");
            return;
        }
        try {
            Tiles tiles = new Tiles(tile -> {
                try {
                    return ledger.hashes(tile);
                } catch (Trouble e) {
                    throw new Unproven(e.getMessage());
                }
            }, now.size());
            ConsistencyProof proof = tiles.consistency(old.size(), now.size());
            Hash within = tiles.root(old.size());
            // First that the tiles lead to what was signed: only then they speak for the ledger, and against it.
            proof.verify(within, now.root());
            requireSame(within, new Checkpoint(old.origin(), old.size(), old.root()), before, note, "\n" + ConsistencyFile.format(proof));
        } catch (Unproven e) {
            throw new Trouble("The ledger's tiles do not lead to its newest checkpoint of " + now.size() + " entries. " + e.getMessage());
        }
    }

    private void requireSame(Hash one, Checkpoint other, SignedNote before, SignedNote note, String proof) throws Contradiction {
        if (!one.equals(other.root())) {
            throw new Contradiction("The ledger " + other.origin() + " was forked: there are two different trees of its first " + other.size() + " entries, with the roots "
                    + one + " and " + other.root() + ".", evidence(Optional.of(before), note) + proof);
        }
    }

    static String evidence(Optional<SignedNote> before, SignedNote note) {
        return before.map(earlier -> "Verified before:\n\n" + earlier.format() + "\n").orElse("") + "Shown now:\n\n" + note.format();
    }
}
