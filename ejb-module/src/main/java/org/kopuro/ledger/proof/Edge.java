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

    private final List<byte[]> unfinished = new ArrayList<>();
    private long size;

    /** The empty tree. */
    public Edge() {
    }

    /** The edge of a tree that exists. */
    public static Edge of(long size, Tiles.Source source) throws Unproven {
        Edge edge = new Edge();
        edge.size = size;
        for (int level = 0; Tile.hashes(level, size) > 0; level++) {
            long hashes = Tile.hashes(level, size);
            byte[] tile = new byte[0];
            if (hashes % Tile.FULL > 0) {
                tile = source.read(new Tile(level, hashes / Tile.FULL, (int) (hashes % Tile.FULL)));
            }
            edge.unfinished.add(tile);
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
            unfinished.add(new byte[0]);
        }
        byte[] before = unfinished.get(level);
        byte[] tile = Arrays.copyOf(before, before.length + Hash.LENGTH);
        System.arraycopy(hash.octets(), 0, tile, before.length, Hash.LENGTH);
        if (tile.length < Tile.FULL * Hash.LENGTH) {
            unfinished.set(level, tile);
            return;
        }
        long number = (size + 1 >> Tile.HEIGHT * (level + 1)) - 1;
        filled.accept(new Tile(level, number, Tile.FULL), tile);
        unfinished.set(level, new byte[0]);
        add(level + 1, rootOf(tile), filled);
    }

    /** The unfinished tile of a level; empty where the level ends with a full tile. */
    public byte[] tile(int level) {
        return level < unfinished.size() ? unfinished.get(level).clone() : new byte[0];
    }

    public Hash root() {
        Hash root = null;
        for (byte[] tile : unfinished) {
            // From the right: the smaller subtrees hang under the larger ones to their left.
            int end = tile.length / Hash.LENGTH;
            while (end > 0) {
                int width = Integer.lowestOneBit(end);
                Hash part = combined(tile, end - width, width);
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
}
