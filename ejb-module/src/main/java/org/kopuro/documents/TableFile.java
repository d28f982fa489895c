package org.kopuro.documents;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * A table that a program sends to be read row by row: an Excel workbook, or a text (CSV). It is received into a temporary file; a workbook is an archive of which there is one reading, without
 * programs and without anything that loads from elsewhere, and is as large unpacked as its limits allow. What a text says, its reader judges. Lives until it is closed.
 */
public final class TableFile implements AutoCloseable {

    private static final byte[] ARCHIVE = "PK\3\4".getBytes(StandardCharsets.ISO_8859_1);

    private final Spool spool;
    private final byte[] digest;
    private final Format format;
    private final ArchiveLimits limits;

    /** As the first octets tell. */
    public enum Format {
        XLSX, CSV
    }

    /** Reads a part of a workbook. */
    @FunctionalInterface
    public interface Reading<T> {
        T read(XMLStreamReader xml) throws XMLStreamException, IOException;
    }

    private TableFile(Spool spool, byte[] digest, ArchiveLimits limits) throws IOException {
        this.spool = spool;
        this.digest = digest;
        this.limits = limits;
        format = Arrays.equals(ARCHIVE, spool.octets(0, ARCHIVE.length)) ? Format.XLSX : Format.CSV;
    }

    /**
     * Reads {@code content} to its end; of one that is too large, one octet more than the limit is read. To be called outside a transaction.
     *
     * @throws org.kopuro.kernel.Refusal when it is a workbook that cannot be accepted
     */
    public static TableFile receive(InputStream content, ArchiveLimits limits) throws IOException {
        Spool spool = new Spool();
        boolean accepted = false;
        try {
            TableFile file = new TableFile(spool, Upload.copy(content, spool, limits.sizeMax(), limits.sizeMaxMegabytes()), limits);
            file.inspect();
            accepted = true;
            return file;
        } finally {
            if (!accepted) {
                spool.close();
            }
        }
    }

    /** Writes octets that were received before. */
    @FunctionalInterface
    public interface Filling {
        void fill(Spool spool) throws IOException;
    }

    /** One that was received before, and kept elsewhere meanwhile: it was inspected then, and must be what it was. */
    public static TableFile kept(Filling filling, String sha256, ArchiveLimits limits) throws IOException {
        Spool spool = new Spool();
        boolean whole = false;
        try {
            filling.fill(spool);
            TableFile file = new TableFile(spool, Upload.digestOf(spool), limits);
            if (!file.sha256().equals(sha256)) {
                throw Inspection.refusal(DocumentRefusal.DOCUMENT_ALTERED);
            }
            whole = true;
            return file;
        } finally {
            if (!whole) {
                spool.close();
            }
        }
    }

    private void inspect() throws IOException {
        if (format == Format.XLSX) {
            DocumentType type = new OfficeCheck(archive()).type();
            if (type != DocumentType.XLSX) {
                throw Inspection.refusal(DocumentRefusal.DOCUMENT_TYPE_NOT_WANTED_HERE, type.name());
            }
        } else {
            // What is another format by its first octets is told so, not that its text is wrong.
            new Inspection(spool, "txt").refuseKnown();
        }
    }

    /** What is read of it is counted anew each time. */
    private StrictZip archive() throws IOException {
        return new StrictZip(spool, limits.entriesMax(), limits.directoryMax(), limits.inflatedMax());
    }

    public Format format() {
        return format;
    }

    /** Of the whole, in lower-case hexadecimal. */
    public String sha256() {
        return HexFormat.of().formatHex(digest);
    }

    /** In octets. */
    public int size() {
        return (int) spool.size();
    }

    /** From its beginning; streams are independent of one another. */
    public InputStream content() {
        return spool.stream(0);
    }

    /** Has a part of the workbook read, by a parser that takes no document types; empty where there is none of this name. */
    public <T> Optional<T> part(String name, Reading<T> reading) throws IOException {
        StrictZip archive = archive();
        Optional<StrictZip.Entry> entry = archive.entries().stream().filter(each -> each.name().equals(name)).findFirst();
        if (entry.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(archive.read(entry.get(), content -> {
            try {
                return reading.read(HardenedXml.reader(content));
            } catch (XMLStreamException e) {
                throw Inspection.damaged();
            }
        }));
    }

    @Override
    public void close() throws IOException {
        spool.close();
    }
}
