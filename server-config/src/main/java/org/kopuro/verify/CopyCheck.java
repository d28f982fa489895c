package org.kopuro.verify;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.kopuro.ledger.proof.Checkpoint;
import org.kopuro.ledger.proof.Edge;
import org.kopuro.ledger.proof.Entry;
import org.kopuro.ledger.proof.Hash;
import org.kopuro.ledger.proof.Tile;
import org.kopuro.ledger.proof.TrustedCheckpoint;
import org.kopuro.ledger.proof.Unproven;

/**
 * Everything in a copy, once, from the first entry to the last: the entries build the tree anew, and every tile and every checkpoint
 * is compared with it on the way. In memory are one bundle, the edge of the tree and the {@link SeenIds}.
 */
final class CopyCheck {

    private final Copy copy;
    private final Trust trust;
    private final EntryTimes times;
    private final SeenIds ids;
    private final Progress progress;
    private final Edge edge = new Edge();
    private TrustedCheckpoint newest;
    private long[] kept;
    private int nextKept;
    private long fitted;

    CopyCheck(Copy copy, Trust trust, EntryTimes times, SeenIds ids, Progress progress) {
        this.copy = copy;
        this.trust = trust;
        this.times = times;
        this.ids = ids;
        this.progress = progress;
    }

    /** The newest checkpoint, when everything fits. */
    TrustedCheckpoint run() throws Unproven, WrongUse {
        newest = trust.checkpoint(copy.newest());
        kept = copy.kept();
        long size = newest.checkpoint().size();
        if (kept.length > 0 && kept[kept.length - 1] > size) {
            throw new Unproven("The ledger was truncated: checkpoints/" + kept[kept.length - 1] + " is there, but the newest checkpoint has only " + size + " entries.");
        }
        for (long number = 0; number * Tile.FULL < size; number++) {
            bundle(number, size);
            progress.at(edge.size(), size);
        }
        // Before the roots: a tile says more exactly what is wrong.
        unfinishedTiles(size);
        compareCheckpoints();
        requireRoot(newest.checkpoint(), "checkpoint");
        return newest;
    }

    int checkpoints() {
        return kept.length;
    }

    private void bundle(long number, long size) throws Unproven, WrongUse {
        Tile leaves = Tile.in(0, number, size).orElseThrow();
        Tile bundle = new Tile(Tile.ENTRIES, number, leaves.width());
        List<byte[]> entries = copy.entries(bundle);
        byte[] hashes = copy.hashes(leaves);
        for (int i = 0; i < entries.size(); i++) {
            compareCheckpoints();
            long index = edge.size();
            Hash leaf = Hash.ofLeaf(entries.get(i));
            if (!leaf.equals(Hash.of(hashes, i * Hash.LENGTH))) {
                throw new Unproven("tile/" + leaves.path() + ": hash " + i + " (index " + index + ") does not fit the entry.");
            }
            entry(index, entries.get(i));
            Filled filled = new Filled();
            edge.append(leaf, filled::put);
            filled.compare();
        }
        unfinished(leaves, hashes);
        for (Tile part : copy.unfinished(bundle)) {
            requirePrefix(part, entries, bundle);
        }
    }

    private void entry(long index, byte[] octets) throws Unproven, WrongUse {
        String where = "The entry at index " + index;
        Entry entry = Entry.parse(LimitedFile.text(octets, where), where);
        times.next(index, entry.at());
        if (!ids.add(entry.id())) {
            throw new Unproven(where + " has the id " + entry.id() + ", which index " + firstWith(entry.id()) + " has already: an entry stands there twice.");
        }
    }

    /** Looked up only now: to remember where every id stood would cost as much memory again. */
    private long firstWith(String id) throws Unproven {
        for (long number = 0; number * Tile.FULL < newest.checkpoint().size(); number++) {
            List<byte[]> entries = copy.entries(new Tile(Tile.ENTRIES, number, Tile.in(0, number, newest.checkpoint().size()).orElseThrow().width()));
            for (int i = 0; i < entries.size(); i++) {
                if (Entry.parse(LimitedFile.text(entries.get(i), "An entry"), "An entry").id().equals(id)) {
                    return number * Tile.FULL + i;
                }
            }
        }
        throw new Unproven("The copy changes while it is read.");
    }

    /** Tiles that one entry filled: {@link Edge} cannot be stopped in the middle of them. */
    private final class Filled {
        private Optional<Unproven> wrong = Optional.empty();

        void put(Tile tile, byte[] hashes) {
            if (tile.level() > 0 && wrong.isEmpty()) {
                try {
                    requireTile(tile, hashes);
                } catch (Unproven e) {
                    wrong = Optional.of(e);
                }
            }
        }

        void compare() throws Unproven {
            if (wrong.isPresent()) {
                throw wrong.get();
            }
        }
    }

    private void unfinishedTiles(long size) throws Unproven {
        for (int level = 1; Tile.hashes(level, size) > 0; level++) {
            Optional<Tile> last = Tile.in(level, Tile.hashes(level, size) / Tile.FULL, size);
            if (last.isPresent()) {
                requireTile(last.get(), edge.tile(level));
            }
        }
    }

    private void requireTile(Tile tile, byte[] hashes) throws Unproven {
        byte[] there = copy.hashes(tile);
        int differs = Arrays.mismatch(hashes, there) / Hash.LENGTH;
        if (!Arrays.equals(hashes, there)) {
            long width = 1L << Tile.HEIGHT * tile.level();
            long first = (tile.number() * Tile.FULL + differs) * width;
            throw new Unproven("tile/" + tile.path() + ": hash " + differs + " (index " + first + " to " + (first + width - 1) + ") does not fit the tiles below it.");
        }
        unfinished(tile, hashes);
    }

    /** A mirror keeps what the tile was while it grew. */
    private void unfinished(Tile tile, byte[] hashes) throws Unproven {
        for (Tile part : copy.unfinished(tile)) {
            if (part.width() < tile.width() && !Arrays.equals(copy.hashes(part), Arrays.copyOf(hashes, part.width() * Hash.LENGTH))) {
                throw new Unproven("tile/" + part.path() + " is not the beginning of tile/" + tile.path() + ".");
            }
        }
    }

    private void requirePrefix(Tile part, List<byte[]> entries, Tile whole) throws Unproven {
        if (part.width() < whole.width()) {
            List<byte[]> there = copy.entries(part);
            for (int i = 0; i < there.size(); i++) {
                if (!Arrays.equals(there.get(i), entries.get(i))) {
                    throw new Unproven("tile/" + part.path() + ": entry " + i + " (index " + (part.number() * Tile.FULL + i) + ") is another one than in tile/" + whole.path() + ".");
                }
            }
        }
    }

    private void compareCheckpoints() throws Unproven {
        if (nextKept < kept.length && kept[nextKept] == edge.size()) {
            String name = "checkpoints/" + kept[nextKept++];
            Checkpoint checkpoint;
            try {
                checkpoint = trust.signed(copy.kept(edge.size())).checkpoint();
            } catch (Unproven e) {
                throw new Unproven(name + ": " + e.getMessage());
            }
            if (checkpoint.size() != edge.size()) {
                throw new Unproven(name + " is a checkpoint of " + checkpoint.size() + " entries.");
            }
            if (!checkpoint.origin().equals(newest.checkpoint().origin())) {
                throw new Unproven(name + " is of another ledger: " + checkpoint.origin() + ".");
            }
            requireRoot(checkpoint, name);
            fitted = edge.size();
        }
    }

    private void requireRoot(Checkpoint checkpoint, String name) throws Unproven {
        if (!edge.root().equals(checkpoint.root())) {
            throw new Unproven("fork: " + name + " signs the root " + checkpoint.root() + " for " + checkpoint.size() + " entries, but the entries here give "
                    + edge.root() + ": from index " + fitted + " on, entries were changed, dropped, inserted or reordered.");
        }
    }
}
