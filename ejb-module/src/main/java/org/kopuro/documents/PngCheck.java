package org.kopuro.documents;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;

/** PNG (ISO/IEC 15948): chunks with right checksums from the header to the end, and nothing behind it. */
final class PngCheck {

    private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
    private static final int HEADER = 0x49484452;
    private static final int END = 0x49454E44;

    private final Spool spool;

    PngCheck(Spool spool) {
        this.spool = spool;
    }

    static boolean begins(byte[] head) {
        return Arrays.equals(SIGNATURE, Arrays.copyOf(head, SIGNATURE.length));
    }

    void check() throws IOException {
        long position = SIGNATURE.length;
        try (CheckedInputStream checked = new CheckedInputStream(spool.stream(position), new CRC32()); DataInputStream content = new DataInputStream(checked)) {
            for (boolean first = true, last = false; !last; first = false) {
                int length = content.readInt();
                position += 12L + length;
                if (length < 0 || position > spool.size()) {
                    throw Inspection.damaged();
                }
                checked.getChecksum().reset();
                int type = content.readInt();
                last = type == END;
                if (first != (type == HEADER) || first && length != 13 || last && length != 0) {
                    throw Inspection.damaged();
                }
                if (first) {
                    ImageSize.check(content.readInt() & 0xFFFF_FFFFL, content.readInt() & 0xFFFF_FFFFL);
                    content.skipNBytes(5);
                } else {
                    content.skipNBytes(length);
                }
                long sum = checked.getChecksum().getValue();
                if ((content.readInt() & 0xFFFF_FFFFL) != sum) {
                    throw Inspection.damaged();
                }
            }
        } catch (EOFException e) {
            throw Inspection.damaged();
        }
        if (position != spool.size()) {
            throw Inspection.refusal(DocumentRefusal.DOCUMENT_SEVERAL_FORMATS);
        }
    }
}
