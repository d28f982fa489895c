package org.kopuro.documents;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import java.util.zip.ZipException;

/**
 * PDF (ISO 32000): a header at the very beginning, an end at the very end, and none of the names by which it acts or holds other files.
 *
 * <p>Names are looked for in every octet of the file and of its compressed object streams, whether or not the document's tree leads
 * there, so that damaged or doubled tables hide nothing. A page whose uncompressed text spells such a name is refused as well.
 */
final class PdfCheck {

    private static final Pattern HEADER = Pattern.compile("%PDF-(1\\.[0-7]|2\\.0)[\\r\\n \\t%].*", Pattern.DOTALL);
    private static final String END = "%%EOF";
    /** What readers search for the end, and writers leave behind it. */
    private static final int TAIL = 1024;
    /** Of object streams, which hold a document's structure and no pictures, all together. */
    private static final long INFLATED_MAX = 100L * 1024 * 1024;

    /** A file that consists of beginnings of streams would take a minute; real ones of this size have some thousands. */
    private static final int STREAMS_MAX = 50_000;

    private static final Set<String> ACTIVE = Set.of("JavaScript", "Launch", "RichMedia", "Rendition", "XFA", "ImportData", "SubmitForm");
    private static final Set<String> FILES = Set.of("EmbeddedFile", "EmbeddedFiles", "GoToE");
    /** Each octet may be written as three. */
    private static final int NAME_LENGTH_MAX = 3 * 16;
    /** "stream", and the end of what comes before it in "endstream". */
    private static final long STREAM = 0x7374_7265_616DL;
    private static final long ND = 0x6E64;

    private final Spool spool;
    private long inflated;
    private int streams;
    /** Of the dictionary that is being read. */
    private boolean objectStream;
    private boolean otherFilter;

    PdfCheck(Spool spool) {
        this.spool = spool;
    }

    void check() throws IOException {
        if (!HEADER.matcher(text(0, 16)).matches()) {
            throw Inspection.damaged();
        }
        String tail = text(Math.max(0, spool.size() - TAIL), TAIL);
        int end = tail.lastIndexOf(END);
        if (end < 0) {
            throw Inspection.damaged();
        }
        if (!tail.substring(end + END.length()).chars().allMatch(PdfCheck::isSpace)) {
            throw Inspection.refusal(DocumentRefusal.DOCUMENT_SEVERAL_FORMATS);
        }
        try (InputStream content = spool.stream(0)) {
            look(content, true);
        }
    }

    /** Looks at each name, and in the file itself at each stream. */
    private void look(InputStream content, boolean file) throws IOException {
        StringBuilder name = null;
        // The last eight octets, to recognise a keyword when it is over.
        long last = 0;
        long position = 0;
        for (int octet; (octet = content.read()) >= 0; position++) {
            if (name != null) {
                if (isSpace(octet) || "()<>[]{}/%".indexOf(octet) >= 0) {
                    named(name.toString());
                    name = null;
                } else if (name.length() < NAME_LENGTH_MAX) {
                    name.append((char) octet);
                }
            }
            if (octet == '/') {
                name = new StringBuilder();
            }
            if (file && isSpace(octet) && (last & 0xFFFF_FFFF_FFFFL) == STREAM) {
                if ((last >>> 48 & 0xFFFF) != ND) {
                    stream(position);
                }
                objectStream = false;
                otherFilter = false;
            }
            last = last << 8 | octet;
        }
        if (name != null) {
            named(name.toString());
        }
    }

    private void named(String written) {
        String name = unescaped(written);
        if (ACTIVE.contains(name)) {
            throw Inspection.refusal(DocumentRefusal.DOCUMENT_ACTIVE_CONTENT, name);
        }
        if (FILES.contains(name)) {
            throw Inspection.refusal(DocumentRefusal.DOCUMENT_HOLDS_FILES);
        }
        switch (name) {
            case "Encrypt" -> throw Inspection.refusal(DocumentRefusal.DOCUMENT_ENCRYPTED);
            case "ObjStm" -> objectStream = true;
            case "ASCIIHexDecode", "ASCII85Decode", "LZWDecode", "RunLengthDecode", "Crypt", "AHx", "A85", "LZW", "RL", "Predictor" -> otherFilter = true;
            default -> { }
        }
    }

    /** Of the data behind the keyword that ended before {@code position}: whatever inflates and begins as object streams do is looked into. */
    private void stream(long position) throws IOException {
        if (++streams > STREAMS_MAX) {
            throw Inspection.refusal(DocumentRefusal.DOCUMENT_EXPANDS_TOO_FAR);
        }
        if (objectStream && otherFilter) {
            // No writer does this; a reader would have to undo it.
            throw Inspection.damaged();
        }
        byte[] head = spool.octets(position, 32);
        int start = 0;
        while (start < head.length && isSpace(head[start])) {
            start++;
        }
        if (start + 2 > head.length || (head[start] & 0x0F) != 8 || ((head[start] & 0xFF) << 8 | head[start + 1] & 0xFF) % 31 != 0) {
            return;
        }
        Inflater inflater = new Inflater();
        try (InputStream plain = new InflaterInputStream(spool.stream(position + start), inflater)) {
            byte[] beginning = plain.readNBytes(4);
            if (new String(beginning, StandardCharsets.ISO_8859_1).chars().allMatch(PdfCheck::mayBeginObjects)) {
                look(limited(plain), false);
            }
        } catch (ZipException | EOFException e) {
            if (objectStream) {
                throw Inspection.damaged();
            }
        } finally {
            inflater.end();
        }
    }

    private InputStream limited(InputStream plain) {
        return new InputStream() {
            private final byte[] buffer = new byte[16 * 1024];
            private int length;
            private int next;

            @Override
            public int read() throws IOException {
                if (next == length) {
                    length = plain.read(buffer);
                    next = 0;
                    inflated += Math.max(0, length);
                    if (inflated > INFLATED_MAX) {
                        throw Inspection.refusal(DocumentRefusal.DOCUMENT_EXPANDS_TOO_FAR);
                    }
                }
                return length < 0 ? -1 : buffer[next++] & 0xFF;
            }
        };
    }

    /** With each {@code #4A} as the octet that it means. */
    private static String unescaped(String written) {
        if (written.indexOf('#') < 0) {
            return written;
        }
        StringBuilder name = new StringBuilder();
        for (int i = 0; i < written.length(); i++) {
            int high = i + 2 < written.length() ? Character.digit(written.charAt(i + 1), 16) : -1;
            int low = i + 2 < written.length() ? Character.digit(written.charAt(i + 2), 16) : -1;
            if (written.charAt(i) == '#' && high >= 0 && low >= 0) {
                name.append((char) (high << 4 | low));
                i += 2;
            } else {
                name.append(written.charAt(i));
            }
        }
        return name.toString();
    }

    /** Numbers, comments and blanks; not the zeros with which pictures begin. */
    private static boolean mayBeginObjects(int octet) {
        return octet >= '0' && octet <= '9' || octet == '%' || octet != 0 && isSpace(octet);
    }

    private static boolean isSpace(int octet) {
        return octet == 0 || octet == '\t' || octet == '\n' || octet == '\f' || octet == '\r' || octet == ' ';
    }

    private String text(long position, int length) throws IOException {
        return new String(spool.octets(position, length), StandardCharsets.ISO_8859_1);
    }
}
