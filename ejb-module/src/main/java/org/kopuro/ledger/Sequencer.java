package org.kopuro.ledger;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.kopuro.installation.KnownSecrets;
import org.kopuro.ledger.proof.Checkpoint;
import org.kopuro.ledger.proof.Edge;
import org.kopuro.ledger.proof.Hash;
import org.kopuro.ledger.proof.Tile;
import org.kopuro.ledger.proof.VerifierKey;

/**
 * Gives committed entries their place in the tree and publishes checkpoints. Any node may do it at any time: an advisory lock lets one
 * at a time, and a batch with its checkpoint is one transaction, so that whoever comes next finds either all of it or nothing.
 * A checkpoint is signed inside that transaction and shown to nobody before it is committed.
 */
@Stateless
public class Sequencer {

    /** Bounds memory and the length of a transaction; the next batch follows at once. */
    static final int BATCH_MAX = 5000;
    private static final String NOTHING_SEEN = "1:1:";

    @Inject
    private TreeStore store;
    @Inject
    private KnownSecrets known;
    @Inject
    private LedgerKeys keys;
    @Inject
    private BlindingSecrets secrets;
    @Inject
    private Ledger ledger;
    @Inject
    private RememberedEdge remembered;
    @Inject
    private Clock clock;

    /** Integrates one batch; how many entries that were. 0 also while another node is at it. */
    @TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
    public int integrate() {
        if (!store.tryToBeSequencer()) {
            return 0;
        }
        TreeStore.Published last = store.newestCheckpoint()
                .orElse(new TreeStore.Published(0, Hash.EMPTY_TREE, "", NOTHING_SEEN));
        List<TreeStore.Committed> batch = store.committedSince(last.seen(), BATCH_MAX);
        if (batch.isEmpty()) {
            return 0;
        }
        Edge edge = remembered.at(last.size(), last.root(), store);
        List<UUID> ids = new ArrayList<>(batch.size());
        List<Hash> leaves = new ArrayList<>(batch.size());
        for (TreeStore.Committed entry : batch) {
            ids.add(entry.id());
            leaves.add(Hash.ofLeaf(entry.content()));
        }
        store.addLeaves(last.size(), ids, leaves);
        leaves.forEach(leaf -> edge.append(leaf, this::keep));
        // A batch that was cut off leaves the rest for the next one, which must look from where this one did.
        String seen = batch.size() < BATCH_MAX ? batch.get(0).snapshot() : last.seen();
        Hash root = edge.root();
        String note = keys.sign(new Checkpoint(keys.origin(), edge.size(), root).text()).format();
        store.publish(new TreeStore.Published(edge.size(), root, note, seen), clock.instant());
        return batch.size();
    }

    /**
     * Enters the keys that this node signs with among the ledger's keys, each with an entry of its own: so a new key is vouched for by a checkpoint
     * under the old one. Refuses to go on without any key of a ledger that exists.
     */
    @TransactionAttribute(TransactionAttributeType.REQUIRED)
    public void announceKeys() {
        List<String> published = store.verifierKeys();
        List<String> own = keys.verifiers().stream().map(VerifierKey::toString).toList();
        if (!published.isEmpty() && own.stream().noneMatch(published::contains)) {
            throw new IllegalStateException("None of the ledger's keys is in the folder of keys: restore " + LedgerKeys.FILE + "-* from the backup.");
        }
        known.recognise(BlindingSecrets.FILE, secrets.all());
        Instant now = clock.instant();
        for (String vkey : own) {
            if (store.addVerifierKey(vkey, now)) {
                UUID record = UUID.nameUUIDFromBytes(vkey.getBytes(StandardCharsets.UTF_8));
                ledger.record(LedgerEvent.of("ledger.key_added", 1, "verifier_key", record, now).with("vkey", vkey));
            }
        }
    }

    private void keep(Tile tile, byte[] hashes) {
        store.addSubtree(tile.level() + 1, tile.number(), Edge.rootOf(hashes));
    }
}
