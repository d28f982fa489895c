package org.kopuro.documents;

import java.io.IOException;
import java.io.InputStream;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.kopuro.kernel.Refusal;

/**
 * A ZIP of files that a program sends together. It is received into a temporary file, and read as strictly as an office document is: there is one reading of it, its names are plain and
 * different, nothing in it is encrypted, and what it says of itself is compared with what is there. Lives until it is closed.
 */
public final class Archive implements AutoCloseable {

    private final Spool spool;
    private final byte[] digest;
    private final StrictZip zip;
    private final Map<String, StrictZip.Entry> entries = new LinkedHashMap<>();

    private Archive(Spool spool, byte[] digest, ArchiveLimits limits) throws IOException {
        this.spool = spool;
        this.digest = digest;
        this.zip = new StrictZip(spool, limits.entriesMax(), limits.directoryMax(), limits.inflatedMax());
        long told = 0;
        for (StrictZip.Entry entry : zip.entries()) {
            // A folder would be another way to write a name.
            if (entry.name().contains("/")) {
                throw Inspection.damaged();
            }
            entries.put(entry.name(), entry);
            told += entry.size();
        }
        if (told > limits.inflatedMax()) {
            throw Inspection.refusal(DocumentRefusal.DOCUMENT_EXPANDS_TOO_FAR);
        }
    }

    /** Takes the content of a file of the archive. */
    @FunctionalInterface
    public interface Taking<T> {
        T take(InputStream content) throws IOException;
    }

    /**
     * Reads {@code content} to its end, and the archive's directory; of one that is too large, one octet more than the limit is read. To be called outside a transaction.
     *
     * @throws Refusal when it is no archive that can be accepted
     */
    public static Archive receive(InputStream content, ArchiveLimits limits) throws IOException {
        Spool spool = new Spool();
        boolean accepted = false;
        try {
            byte[] digest = Upload.copy(content, spool, limits.sizeMax(), limits.sizeMaxMegabytes());
            Archive archive = new Archive(spool, digest, limits);
            accepted = true;
            return archive;
        } finally {
            if (!accepted) {
                spool.close();
            }
        }
    }

    public Set<String> names() {
        return entries.keySet();
    }

    /** Of the archive, in lower-case hexadecimal. */
    public String sha256() {
        return HexFormat.of().formatHex(digest);
    }

    /** Has one of its files read to the end; refuses one of more than so many megabytes, whatever it says of itself. */
    public <T> T read(String name, int megabytesMax, Taking<T> taking) throws IOException {
        StrictZip.Entry entry = entries.get(name);
        if (entry.size() > megabytesMax * 1024L * 1024) {
            throw Refusal.of(DocumentRefusal.DOCUMENT_TOO_LARGE, Upload.FIELD, megabytesMax);
        }
        return zip.read(entry, taking);
    }

    /** One of its files as an upload, under its name; inspected as one, and to be closed as one. */
    public Upload upload(String name, DocumentLimits limits) throws IOException {
        Upload[] received = new Upload[1];
        boolean whole = false;
        try {
            read(name, limits.sizeMaxMegabytes(), content -> received[0] = Upload.receive(name, content, limits));
            whole = true;
            return received[0];
        } finally {
            if (!whole && received[0] != null) {
                received[0].close();
            }
        }
    }

    @Override
    public void close() throws IOException {
        spool.close();
    }
}
