package org.kopuro.documents;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Unsigned numbers of a record of a ZIP file. */
final class LittleEndian {

    private final ByteBuffer octets;

    LittleEndian(byte[] octets) {
        this.octets = ByteBuffer.wrap(octets).order(ByteOrder.LITTLE_ENDIAN);
    }

    int length() {
        return octets.capacity();
    }

    int u16(int at) {
        return octets.getShort(at) & 0xFFFF;
    }

    long u32(int at) {
        return octets.getInt(at) & 0xFFFF_FFFFL;
    }
}
