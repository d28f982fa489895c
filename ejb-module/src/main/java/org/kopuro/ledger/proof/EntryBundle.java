package org.kopuro.ledger.proof;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** The entries of a tile, each after its length in two octets, big-endian: c2sp.org/tlog-tiles. */
public final class EntryBundle {

    /** In octets. */
    public static final int LENGTH_MAX = Tile.FULL * (Short.BYTES + Entry.LENGTH_MAX);

    private EntryBundle() {
    }

    public static byte[] format(List<byte[]> entries) {
        ByteArrayOutputStream bundle = new ByteArrayOutputStream();
        for (byte[] entry : entries) {
            if (entry.length > Entry.LENGTH_MAX) {
                throw new IllegalArgumentException("an entry of " + entry.length + " octets");
            }
            bundle.write(entry.length >> Byte.SIZE);
            bundle.write(entry.length);
            bundle.writeBytes(entry);
        }
        return bundle.toByteArray();
    }

    /** The first entries of a bundle that was published as the given tile; it ends after its last entry. */
    public static List<byte[]> parse(byte[] bundle, Tile tile) throws Unproven {
        String where = "tile/" + tile.path();
        ByteBuffer rest = ByteBuffer.wrap(bundle);
        List<byte[]> entries = new ArrayList<>();
        while (entries.size() < tile.width()) {
            long index = tile.number() * Tile.FULL + entries.size();
            if (rest.remaining() < Short.BYTES) {
                throw new Unproven(where + " ends before the entry at index " + index + ".");
            }
            int length = Short.toUnsignedInt(rest.getShort());
            if (rest.remaining() < length) {
                throw new Unproven(where + " ends within the entry at index " + index + ".");
            }
            byte[] entry = new byte[length];
            rest.get(entry);
            entries.add(entry);
        }
        if (rest.hasRemaining()) {
            throw new Unproven(where + " has " + rest.remaining() + " octets behind its " + tile.width() + " entries.");
        }
        return entries;
    }
}
