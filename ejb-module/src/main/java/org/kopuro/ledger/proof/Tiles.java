package org.kopuro.ledger.proof;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The tree as its tiles tell it: roots, inclusion and consistency. Reads each tile once; an instance is for one question or a few.
 */
public final class Tiles {

    /** Where tiles come from: a database, a folder, a server. */
    @FunctionalInterface
    public interface Source {
        /** The tile's hashes one after the other; 32 × width octets. */
        byte[] read(Tile tile) throws Unproven;
    }

    private final Source source;
    private final long available;
    private final Map<Long, byte[]> read = new HashMap<>();

    /**
     * @param available the size of a tree whose tiles the source has, at least as large as every size that will be asked about
     */
    public Tiles(Source source, long available) {
        this.source = source;
        this.available = available;
    }

    public Hash root(long size) throws Unproven {
        return size == 0 ? Hash.EMPTY_TREE : range(0, size);
    }

    public Hash leaf(long index) throws Unproven {
        return complete(0, index);
    }

    public InclusionProof inclusion(long index, long size) throws Unproven {
        List<Hash> path = new ArrayList<>();
        long from = 0;
        long to = size;
        while (to - from > 1) {
            long middle = from + split(to - from);
            if (index < middle) {
                path.add(0, range(middle, to));
                to = middle;
            } else {
                path.add(0, range(from, middle));
                from = middle;
            }
        }
        return new InclusionProof(index, size, path);
    }

    public ConsistencyProof consistency(long earlier, long later) throws Unproven {
        List<Hash> path = new ArrayList<>();
        if (earlier > 0 && earlier < later) {
            collect(earlier, 0, later, true, path);
        }
        return new ConsistencyProof(earlier, later, path);
    }

    /** SUBPROOF of RFC 9162 §2.1.4.1, for the leaves from {@code from} up to {@code to}. */
    private void collect(long earlier, long from, long to, boolean known, List<Hash> path) throws Unproven {
        if (earlier == to) {
            if (!known) {
                path.add(range(from, to));
            }
            return;
        }
        long middle = from + split(to - from);
        if (earlier <= middle) {
            collect(earlier, from, middle, known, path);
            path.add(range(middle, to));
        } else {
            collect(earlier, middle, to, false, path);
            path.add(range(from, middle));
        }
    }

    /** The hash over some leaves; {@code from} is a multiple of the largest power of two that is not above their number. */
    private Hash range(long from, long to) throws Unproven {
        long count = to - from;
        if (Long.bitCount(count) == 1) {
            int height = Long.numberOfTrailingZeros(count);
            return complete(height, from >> height);
        }
        long middle = from + split(count);
        return Hash.ofNode(range(from, middle), range(middle, to));
    }

    /** A complete subtree of 2^height leaves, the {@code position}th of its kind. */
    private Hash complete(int height, long position) throws Unproven {
        int level = height / Tile.HEIGHT;
        int inside = height % Tile.HEIGHT;
        long first = position << inside;
        byte[] hashes = tile(level, first / Tile.FULL);
        return Edge.combined(hashes, (int) (first % Tile.FULL), 1 << inside);
    }

    private byte[] tile(int level, long number) throws Unproven {
        long key = number * Tile.HEIGHT + level;
        byte[] hashes = read.get(key);
        if (hashes == null) {
            Tile tile = Tile.in(level, number, available).orElseThrow(() -> new Unproven("There is no tile " + number + " on level " + level + " yet."));
            hashes = source.read(tile);
            if (hashes.length != tile.width() * Hash.LENGTH) {
                throw new Unproven("The tile " + tile.path() + " has " + hashes.length + " octets instead of " + tile.width() * Hash.LENGTH + ".");
            }
            read.put(key, hashes);
        }
        return hashes;
    }

    /** The largest power of two below {@code count}. */
    private static long split(long count) {
        return Long.highestOneBit(count - 1);
    }
}
