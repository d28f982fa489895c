package org.kopuro.documents;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * A file that is a second thing as well. Some formats are found by their readers where another one may begin or end: archives from the end of
 * the file or behind a stranger's first octets, PDF within its first kilobyte, disk images and tar at a fixed place.
 */
final class OtherFormats {

    /** As far as readers of PDF look for its header. */
    private static final int PDF_HEADER_WITHIN = 1024;
    /** As far as readers of ZIP look for its directory's end: the record and its longest comment. */
    private static final int ZIP_END_WITHIN = 22 + 65_535;
    /** Six octets do not occur by chance in twenty million; shorter signatures would. */
    private static final String[] ANYWHERE = {"Rar!\u001a\7", "7z\u00bc\u00af'\u001c"};
    private static final Map<Integer, String> AT = Map.of(257, "ustar", 32_769, "CD001", 34_817, "CD001", 36_865, "CD001");

    private final Spool spool;
    private final DocumentType type;

    OtherFormats(Spool spool, DocumentType type) {
        this.spool = spool;
        this.type = type;
    }

    void refuse() throws IOException {
        boolean office = type == DocumentType.DOCX;
        // What is inside a signature is looked into by itself.
        boolean several = type != DocumentType.PDF && type != DocumentType.SIGNED_DOCUMENT && text(0, PDF_HEADER_WITHIN).contains("%PDF-") || !office && endsAsZip();
        for (Map.Entry<Integer, String> mark : AT.entrySet()) {
            several |= text(mark.getKey(), mark.getValue().length()).equals(mark.getValue());
        }
        for (String mark : ANYWHERE) {
            several |= contains(spool, octets(mark));
        }
        if (several) {
            throw Inspection.refusal(DocumentRefusal.DOCUMENT_SEVERAL_FORMATS);
        }
    }

    private boolean endsAsZip() throws IOException {
        long start = Math.max(0, spool.size() - ZIP_END_WITHIN);
        String tail = text(start, ZIP_END_WITHIN);
        for (int at = tail.indexOf("PK\5\6"); at >= 0; at = tail.indexOf("PK\5\6", at + 1)) {
            LittleEndian end = new LittleEndian(spool.octets(start + at, 22));
            // By chance four octets may stand anywhere; a directory that could lie before them does not.
            if (end.length() == 22 && end.u16(4) == end.u16(6) && end.u16(8) == end.u16(10) && end.u32(12) <= start + at && end.u32(12) >= 46L * end.u16(10)) {
                return true;
            }
        }
        return false;
    }

    private String text(long position, int length) throws IOException {
        return new String(spool.octets(position, length), StandardCharsets.ISO_8859_1);
    }

    private static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Whether the octets occur anywhere in the file. */
    static boolean contains(Spool spool, byte[] wanted) throws IOException {
        // Knuth, Morris and Pratt: how much of the beginning still matches after a mismatch.
        int[] border = new int[wanted.length];
        for (int i = 1, matched = 0; i < wanted.length; i++) {
            while (matched > 0 && wanted[i] != wanted[matched]) {
                matched = border[matched - 1];
            }
            border[i] = wanted[i] == wanted[matched] ? ++matched : matched;
        }
        byte[] buffer = new byte[64 * 1024];
        int matched = 0;
        try (InputStream content = spool.stream(0)) {
            for (int length; (length = content.read(buffer)) > 0;) {
                for (int i = 0; i < length; i++) {
                    while (matched > 0 && buffer[i] != wanted[matched]) {
                        matched = border[matched - 1];
                    }
                    if (buffer[i] == wanted[matched] && ++matched == wanted.length) {
                        return true;
                    }
                }
            }
        }
        return false;
    }
}
