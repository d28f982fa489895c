package org.kopuro.verify;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * The ids that occurred, as 128 bits of their SHA-256 in an open table: 22 to 64 octets for each, and nothing else of a copy stays in
 * memory. How many it takes is fixed at the beginning, by the memory that there is.
 */
final class SeenIds {

    private static final int WORDS = 2;
    private static final int FIRST_SLOTS = 1 << 12;

    private final long countMax;
    private long[] table = new long[FIRST_SLOTS * WORDS];
    private long count;

    SeenIds(long countMax) {
        this.countMax = countMax;
    }

    /** While the table grows, the old and the new are there: 16 octets a slot, between three eighths and three quarters of them taken. */
    static SeenIds within(long octets) {
        return new SeenIds(octets / 128);
    }

    /** False where the id was there. */
    boolean add(String id) throws WrongUse {
        ByteBuffer digest = ByteBuffer.wrap(sha256(id));
        // Zeros mark free slots.
        long first = digest.getLong() | 1;
        long second = digest.getLong();
        if (!put(table, first, second)) {
            return false;
        }
        if (++count > countMax) {
            throw new WrongUse("To compare the ids of more than " + countMax + " entries needs more memory: set JAVA_TOOL_OPTIONS=-Xmx4g or more.");
        }
        if (count * 4 > table.length / WORDS * 3L) {
            grow();
        }
        return true;
    }

    private void grow() {
        long[] larger = new long[Math.multiplyExact(table.length, 2)];
        for (int slot = 0; slot < table.length; slot += WORDS) {
            if (table[slot] != 0) {
                put(larger, table[slot], table[slot + 1]);
            }
        }
        table = larger;
    }

    private static boolean put(long[] table, long first, long second) {
        int mask = table.length / WORDS - 1;
        for (int slot = (int) (second & mask);; slot = slot + 1 & mask) {
            int at = slot * WORDS;
            if (table[at] == 0) {
                table[at] = first;
                table[at + 1] = second;
                return true;
            }
            if (table[at] == first && table[at + 1] == second) {
                return false;
            }
        }
    }

    private static byte[] sha256(String id) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(id.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
