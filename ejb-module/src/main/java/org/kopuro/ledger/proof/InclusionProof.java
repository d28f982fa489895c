package org.kopuro.ledger.proof;

import java.util.List;

/**
 * That a leaf stands at an index of a tree: RFC 9162 §2.1.3.
 *
 * @param index from 0
 * @param size  of the tree
 * @param path  the neighbours on the way from the leaf to the root
 */
public record InclusionProof(long index, long size, List<Hash> path) {

    public InclusionProof {
        path = List.copyOf(path);
    }

    /** Throws unless the leaf leads to the root. */
    public void verify(Hash leaf, Hash root) throws Unproven {
        if (index < 0 || index >= size) {
            throw new Unproven("The index " + index + " does not exist in a tree of " + size + " entries.");
        }
        long node = index;
        long last = size - 1;
        Hash hash = leaf;
        for (Hash neighbour : path) {
            if (last == 0) {
                throw new Unproven("The inclusion proof has more hashes than a tree of " + size + " entries needs.");
            }
            if ((node & 1) == 1 || node == last) {
                hash = Hash.ofNode(neighbour, hash);
                while ((node & 1) == 0 && node != 0) {
                    node >>= 1;
                    last >>= 1;
                }
            } else {
                hash = Hash.ofNode(hash, neighbour);
            }
            node >>= 1;
            last >>= 1;
        }
        if (last != 0) {
            throw new Unproven("The inclusion proof has too few hashes for a tree of " + size + " entries.");
        }
        if (!hash.equals(root)) {
            throw new Unproven("The entry does not lead to the checkpoint's root: at index " + index
                    + " there is another entry, or the entry or the proof was altered.");
        }
    }
}
