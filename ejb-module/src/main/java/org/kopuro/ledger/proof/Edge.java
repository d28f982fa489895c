package org.kopuro.ledger.proof;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * The right edge of a growing tree: the unfinished tile of each level, which is all that is needed to append and to know the root.
 * Not for several threads.
 */
public final class Edge {

    private final List<Unfinished> unfinished = new ArrayList<>();
    private long size;

    /** The empty tree. */
    public Edge() {
    }

    /** The edge of a tree that exists. */
    public static Edge of(long size, Tiles.Source source) throws Unproven {
        Edge edge = new Edge();
        edge.size = size;
        for (int level = 0; Tile.hashes(level, size) > 0; level++) {
            Unfinished unfinished = new Unfinished();
            long hashes = Tile.hashes(level, size);
            if (hashes % Tile.FULL > 0) {
                Tile tile = new Tile(level, hashes / Tile.FULL, (int) (hashes % Tile.FULL));
                unfinished.fill(source.read(tile), tile);
            }
            edge.unfinished.add(unfinished);
        }
        return edge;
    }

    public long size() {
        return size;
    }

    /** Appends a leaf; tiles that this fills go to {@code filled} with their hashes, lower levels first. */
    public void append(Hash leaf, BiConsumer<Tile, byte[]> filled) {
        add(0, leaf, filled);
        size++;
    }

    private void add(int level, Hash hash, BiConsumer<Tile, byte[]> filled) {
        if (unfinished.size() == level) {
            unfinished.add(new Unfinished());
        }
        Unfinished tile = unfinished.get(level);
        tile.add(hash);
        if (tile.count == Tile.FULL) {
            byte[] hashes = tile.hashes();
            tile.count = 0;
            long number = (size + 1 >> Tile.HEIGHT * (level + 1)) - 1;
            filled.accept(new Tile(level, number, Tile.FULL), hashes);
            add(level + 1, rootOf(hashes), filled);
        }
    }

    /** The unfinished tile of a level; empty where the level ends with a full tile. */
    public byte[] tile(int level) {
        return level < unfinished.size() ? unfinished.get(level).hashes() : new byte[0];
    }

    public Hash root() {
        Hash root = null;
        for (Unfinished tile : unfinished) {
            // From the right: the smaller subtrees hang under the larger ones to their left.
            int end = tile.count;
            while (end > 0) {
                int width = Integer.lowestOneBit(end);
                Hash part = combined(tile.octets, end - width, width);
                root = root == null ? part : Hash.ofNode(part, root);
                end -= width;
            }
        }
        return root == null ? Hash.EMPTY_TREE : root;
    }

    /** The root of a full tile. */
    public static Hash rootOf(byte[] hashes) {
        return combined(hashes, 0, Tile.FULL);
    }

    static Hash combined(byte[] hashes, int first, int count) {
        return count == 1 ? Hash.of(hashes, first * Hash.LENGTH)
                : Hash.ofNode(combined(hashes, first, count / 2), combined(hashes, first + count / 2, count / 2));
    }

    private static final class Unfinished {
        private final byte[] octets = new byte[Tile.FULL * Hash.LENGTH];
        private int count;

        void add(Hash hash) {
            hash.copyTo(octets, count++ * Hash.LENGTH);
        }

        void fill(byte[] hashes, Tile tile) throws Unproven {
            if (hashes.length != tile.width() * Hash.LENGTH) {
                throw new Unproven("The tile " + tile.path() + " has " + hashes.length + " octets instead of " + tile.width() * Hash.LENGTH + ".");
            }
            System.arraycopy(hashes, 0, octets, 0, hashes.length);
            count = tile.width();
        }

        byte[] hashes() {
            return Arrays.copyOf(octets, count * Hash.LENGTH);
        }
    }
}
