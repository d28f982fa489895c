package org.kopuro.ledger.proof;

import java.util.List;

/**
 * That the first {@code from} leaves of a tree of {@code to} are an earlier tree, unchanged: RFC 9162 §2.1.4.
 */
public record ConsistencyProof(long from, long to, List<Hash> path) {

    public ConsistencyProof {
        path = List.copyOf(path);
    }

    /** Throws unless both roots follow from the proof. */
    public void verify(Hash earlier, Hash later) throws Unproven {
        if (from < 0 || from > to) {
            throw new Unproven("A tree of " + to + " entries cannot continue one of " + from + ".");
        }
        if (from == to || from == 0) {
            requireNoPath();
            Hash expected = from == to ? later : Hash.EMPTY_TREE;
            if (!earlier.equals(expected)) {
                throw new Unproven("Two different roots are given for " + from + " entries: the ledger was forked.");
            }
            return;
        }
        int next = 0;
        long node = from - 1;
        long last = to - 1;
        while ((node & 1) == 1) {
            node >>= 1;
            last >>= 1;
        }
        Hash old = node == 0 ? earlier : step(next++);
        Hash young = old;
        while (next < path.size()) {
            Hash neighbour = path.get(next++);
            if (last == 0) {
                throw tooLong();
            }
            if ((node & 1) == 1 || node == last) {
                old = Hash.ofNode(neighbour, old);
                young = Hash.ofNode(neighbour, young);
                while ((node & 1) == 0 && node != 0) {
                    node >>= 1;
                    last >>= 1;
                }
            } else {
                young = Hash.ofNode(young, neighbour);
            }
            node >>= 1;
            last >>= 1;
        }
        if (last != 0) {
            throw new Unproven("The consistency proof has too few hashes for " + from + " to " + to + " entries.");
        }
        if (!old.equals(earlier) || !young.equals(later)) {
            throw new Unproven("The tree of " + to + " entries does not continue the tree of " + from
                    + ": entries before index " + from + " were changed, dropped, inserted or reordered, or the ledger was forked.");
        }
    }

    private Hash step(int position) throws Unproven {
        if (position >= path.size()) {
            throw new Unproven("The consistency proof has too few hashes for " + from + " to " + to + " entries.");
        }
        return path.get(position);
    }

    private void requireNoPath() throws Unproven {
        if (!path.isEmpty()) {
            throw tooLong();
        }
    }

    private Unproven tooLong() {
        return new Unproven("The consistency proof has more hashes than " + from + " to " + to + " entries need.");
    }
}
