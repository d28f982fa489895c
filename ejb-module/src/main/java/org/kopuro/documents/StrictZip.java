package org.kopuro.documents;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.zip.CRC32;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import java.util.zip.ZipException;

/**
 * An archive (PKWARE APPNOTE 6.3) of which there is only one reading: entries lie one after the other from the first octet on, then the directory,
 * then the end; each entry says of itself what the directory says of it; nothing is hidden between, before or behind them. Programs that save
 * documents write so. Libraries forgive deviations in order to save contents; a check must not.
 */
final class StrictZip {

    /** A long Word document with a picture on each page has some hundreds. */
    static final int ENTRIES_MAX = 2_000;
    /** The largest sheets that Excel saves within 20 MB. */
    static final long INFLATED_MAX = 200L * 1024 * 1024;
    /** Apache POI takes a hundredfold growth for a bomb, too; small entries of much the same text may grow further. */
    static final int RATIO_MAX = 100;
    static final long RATIO_FROM = 1024L * 1024;

    private static final int DIRECTORY_MAX = 1024 * 1024;
    private static final int END = 22;
    private static final int DIRECTORY_ENTRY = 46;
    private static final int LOCAL_ENTRY = 30;
    private static final long END_SIGNATURE = 0x0605_4B50L;
    private static final long ZIP64_LOCATOR_SIGNATURE = 0x0706_4B50L;
    private static final long DIRECTORY_SIGNATURE = 0x0201_4B50L;
    private static final long LOCAL_SIGNATURE = 0x0403_4B50L;
    private static final int ENCRYPTED = 1;
    private static final int DESCRIPTOR = 8;
    private static final int STORED = 0;
    private static final int DEFLATED = 8;
    private static final Set<Long> DESCRIPTOR_LENGTHS = Set.of(12L, 16L, 20L, 24L);

    private final Spool spool;
    private final long inflatedMax;
    private final List<Entry> entries = new ArrayList<>();
    /** By all that was read so far. */
    private long inflated;

    /** A file of the archive, as the directory tells it. */
    record Entry(String name, int flags, int method, long sum, long compressed, long size, long position, long data) {
        long end() {
            return data + compressed;
        }
    }

    /** Takes the content of an entry. */
    interface Part {
        void read(String name, InputStream content) throws IOException;
    }

    StrictZip(Spool spool) throws IOException {
        this(spool, ENTRIES_MAX, DIRECTORY_MAX, INFLATED_MAX);
    }

    /** @param inflatedMax of all entries that are read */
    StrictZip(Spool spool, int entriesMax, int directoryMax, long inflatedMax) throws IOException {
        this.spool = spool;
        this.inflatedMax = inflatedMax;
        long endPosition = spool.size() - END;
        LittleEndian end = record(endPosition, END, END_SIGNATURE);
        long directory = end.u32(16);
        long length = end.u32(12);
        int count = end.u16(10);
        if (directory + length != endPosition || end.u16(4) != 0 || end.u16(6) != 0 || end.u16(8) != count || end.u16(20) != 0
                || new LittleEndian(spool.octets(endPosition - 20, 4)).u32(0) == ZIP64_LOCATOR_SIGNATURE) {
            throw Inspection.damaged();
        }
        if (count > entriesMax || length > directoryMax) {
            throw Inspection.refusal(DocumentRefusal.DOCUMENT_EXPANDS_TOO_FAR);
        }
        long position = directory;
        for (int i = 0; i < count; i++) {
            position = readEntry(position);
        }
        if (position != endPosition) {
            throw Inspection.damaged();
        }
        entries.sort(Comparator.comparingLong(Entry::position));
        refuseGaps(directory);
        refuseNames();
    }

    List<Entry> entries() {
        return List.copyOf(entries);
    }

    /** Inflates every entry to its end, whatever {@code part} reads of it. */
    void each(Part part) throws IOException {
        for (Entry entry : entries) {
            read(entry, content -> {
                part.read(entry.name(), content);
                return null;
            });
        }
    }

    /** The same of one entry. */
    <T> T read(Entry entry, Archive.Taking<T> taking) throws IOException {
        Counted content = new Counted(entry);
        try {
            T taken = taking.take(content);
            content.transferTo(OutputStream.nullOutputStream());
            content.refuseLies();
            return taken;
        } catch (ZipException | EOFException e) {
            throw Inspection.damaged();
        } finally {
            content.end();
        }
    }

    /** The next position. */
    private long readEntry(long position) throws IOException {
        LittleEndian told = record(position, DIRECTORY_ENTRY, DIRECTORY_SIGNATURE);
        byte[] name = spool.octets(position + DIRECTORY_ENTRY, told.u16(28));
        long local = told.u32(42);
        LittleEndian itself = record(local, LOCAL_ENTRY, LOCAL_SIGNATURE);
        int flags = told.u16(8);
        if ((flags & ENCRYPTED) != 0) {
            throw Inspection.refusal(DocumentRefusal.DOCUMENT_ENCRYPTED);
        }
        Entry entry = new Entry(new String(name, StandardCharsets.UTF_8), flags, told.u16(10), told.u32(16), told.u32(20), told.u32(24), local,
                local + LOCAL_ENTRY + itself.u16(26) + itself.u16(28));
        boolean later = (flags & DESCRIPTOR) != 0;
        boolean same = itself.u16(6) == flags && itself.u16(8) == entry.method()
                && Arrays.equals(name, spool.octets(local + LOCAL_ENTRY, itself.u16(26)))
                && same(itself.u32(14), entry.sum(), later) && same(itself.u32(18), entry.compressed(), later) && same(itself.u32(22), entry.size(), later);
        boolean readable = entry.method() == DEFLATED || entry.method() == STORED && !later && entry.compressed() == entry.size();
        if (!same || !readable || told.u16(34) != 0) {
            throw Inspection.damaged();
        }
        entries.add(entry);
        return position + DIRECTORY_ENTRY + told.u16(28) + told.u16(30) + told.u16(32);
    }

    /** Where sizes follow the data, an entry says nothing before it, or the same. */
    private static boolean same(long itself, long told, boolean later) {
        return itself == told || later && itself == 0;
    }

    private void refuseGaps(long directory) {
        long position = 0;
        Entry before = null;
        for (Entry entry : entries) {
            refuseGap(before, position, entry.position());
            position = entry.end();
            before = entry;
        }
        refuseGap(before, position, directory);
    }

    private static void refuseGap(Entry before, long from, long to) {
        boolean descriptor = before != null && (before.flags() & DESCRIPTOR) != 0;
        if (descriptor ? !DESCRIPTOR_LENGTHS.contains(to - from) : to != from) {
            throw Inspection.damaged();
        }
    }

    private void refuseNames() {
        Set<String> names = new HashSet<>();
        for (Entry entry : entries) {
            String name = entry.name();
            if (name.isEmpty() || name.startsWith("/") || name.contains("\\") || name.contains("..") || name.chars().anyMatch(c -> c < ' ' || c > '~')
                    || !names.add(name.toLowerCase(Locale.ROOT))) {
                throw Inspection.damaged();
            }
        }
    }

    private LittleEndian record(long position, int length, long signature) throws IOException {
        if (position < 0 || position + length > spool.size()) {
            throw Inspection.damaged();
        }
        LittleEndian record = new LittleEndian(spool.octets(position, length));
        if (record.u32(0) != signature) {
            throw Inspection.damaged();
        }
        return record;
    }

    /** An entry's content, counted as it comes: what the directory says of its size is believed only afterwards. */
    private final class Counted extends InputStream {

        private final Entry entry;
        private final Inflater inflater = new Inflater(true);
        private final InputStream content;
        private final CRC32 sum = new CRC32();
        private long count;

        Counted(Entry entry) {
            this.entry = entry;
            InputStream packed = spool.stream(entry.data(), entry.end());
            content = entry.method() == STORED ? packed : new InflaterInputStream(packed, inflater, 8192);
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] target, int from, int length) throws IOException {
            int read = content.read(target, from, length);
            if (read > 0) {
                sum.update(target, from, read);
                count += read;
                inflated += read;
                if (inflated > inflatedMax || count > RATIO_FROM && count > RATIO_MAX * entry.compressed()) {
                    throw Inspection.refusal(DocumentRefusal.DOCUMENT_EXPANDS_TOO_FAR);
                }
            }
            return read;
        }

        void refuseLies() {
            if (count != entry.size() || sum.getValue() != entry.sum() || entry.method() == DEFLATED && inflater.getBytesRead() != entry.compressed()) {
                throw Inspection.damaged();
            }
        }

        void end() {
            inflater.end();
        }
    }
}
