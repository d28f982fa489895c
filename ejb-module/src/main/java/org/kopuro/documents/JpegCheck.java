package org.kopuro.documents;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;

/** JPEG (ISO/IEC 10918-1): segments from the first marker to the last. Behind it may follow further pictures, as cameras append them. */
final class JpegCheck {

    private static final int START = 0xD8;
    private static final int END = 0xD9;
    private static final int SCAN = 0xDA;
    /** Of one file; cameras append a preview and a depth map. */
    private static final int PICTURES_MAX = 16;

    private final Spool spool;

    JpegCheck(Spool spool) {
        this.spool = spool;
    }

    static boolean begins(byte[] head) {
        return head.length > 3 && (head[0] & 0xFF) == 0xFF && (head[1] & 0xFF) == START && (head[2] & 0xFF) == 0xFF;
    }

    void check() throws IOException {
        try (DataInputStream content = new DataInputStream(spool.stream(0))) {
            for (int pictures = 0; pictures < PICTURES_MAX; pictures++) {
                int padding;
                do {
                    padding = content.read();
                } while (padding == 0 && pictures > 0);
                if (padding < 0 && pictures > 0) {
                    return;
                }
                if (padding != 0xFF || content.read() != START) {
                    throw pictures == 0 ? Inspection.damaged() : Inspection.refusal(DocumentRefusal.DOCUMENT_SEVERAL_FORMATS);
                }
                picture(content);
            }
        } catch (EOFException e) {
            throw Inspection.damaged();
        }
        throw Inspection.refusal(DocumentRefusal.DOCUMENT_SEVERAL_FORMATS);
    }

    private static void picture(DataInputStream content) throws IOException {
        boolean sized = false;
        if (content.readUnsignedByte() != 0xFF) {
            throw Inspection.damaged();
        }
        for (int marker = marker(content); marker != END; ) {
            int length = content.readUnsignedShort() - 2;
            if (length < 0 || marker == START || marker < 0xC0) {
                throw Inspection.damaged();
            }
            // Start of frame: those of 0xC0 to 0xCF that are not tables (C4, CC) or an extension (C8).
            if ((marker & 0xF0) == 0xC0 && marker != 0xC4 && marker != 0xC8 && marker != 0xCC) {
                if (length < 6) {
                    throw Inspection.damaged();
                }
                content.skipNBytes(1);
                int height = content.readUnsignedShort();
                ImageSize.check(content.readUnsignedShort(), height);
                length -= 5;
                sized = true;
            }
            content.skipNBytes(length);
            if (marker == SCAN) {
                if (!sized) {
                    throw Inspection.damaged();
                }
                marker = afterScan(content);
            } else if (content.readUnsignedByte() == 0xFF) {
                marker = marker(content);
            } else {
                throw Inspection.damaged();
            }
        }
        if (!sized) {
            throw Inspection.damaged();
        }
    }

    /** Behind 0xFF, which may be repeated. */
    private static int marker(DataInputStream content) throws IOException {
        int octet;
        do {
            octet = content.readUnsignedByte();
        } while (octet == 0xFF);
        return octet;
    }

    /** The first marker that ends the compressed data: not an escaped octet (00), not a restart (D0 to D7). */
    private static int afterScan(DataInputStream content) throws IOException {
        while (true) {
            if (content.readUnsignedByte() == 0xFF) {
                int marker = marker(content);
                if (marker != 0 && (marker < 0xD0 || marker > 0xD7)) {
                    return marker;
                }
            }
        }
    }
}
