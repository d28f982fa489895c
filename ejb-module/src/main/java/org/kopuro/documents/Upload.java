package org.kopuro.documents;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.kopuro.kernel.Refusal;

/**
 * A file that was received and inspected, before it is stored. Lives until it is closed, then nothing of it remains on this node.
 * <pre>
 * try (Upload upload = Upload.receive(name, body, DocumentLimits.USUAL)) {
 *     requests.attach(request, upload, account);     // calls Documents.store in its own transaction
 * }
 * </pre>
 */
public final class Upload implements AutoCloseable {

    /** Where callers look when a file is refused. */
    static final String FIELD = "file";

    private final String fileName;
    private final DocumentType type;
    private final Spool spool;
    private final byte[] digest;

    private Upload(String fileName, DocumentType type, Spool spool, byte[] digest) {
        this.fileName = fileName;
        this.type = type;
        this.spool = spool;
        this.digest = digest;
    }

    /**
     * Reads {@code content} to its end and looks into it; of a file that is too large, one octet more than the limit is read. To be called
     * outside a transaction, because it takes as long as the client does.
     *
     * @throws Refusal     when the file cannot be accepted
     * @throws IOException when {@code content} breaks off
     * @throws NoRoom      when the node has no room for a temporary file
     */
    public static Upload receive(String fileName, InputStream content, DocumentLimits limits) throws IOException {
        String name = FileName.checked(fileName);
        Spool spool = new Spool();
        boolean accepted = false;
        try {
            byte[] digest = copy(content, spool, limits.sizeMax(), limits.sizeMaxMegabytes());
            DocumentType type = new Inspection(spool, FileName.extension(name)).type();
            if (!limits.types().contains(type)) {
                throw Refusal.of(DocumentRefusal.DOCUMENT_TYPE_NOT_WANTED_HERE, FIELD, type.name());
            }
            Upload upload = new Upload(name, type, spool, digest);
            accepted = true;
            return upload;
        } finally {
            if (!accepted) {
                spool.close();
            }
        }
    }

    /** The digest; of what is too large, one octet more than the limit is read. */
    static byte[] copy(InputStream content, Spool spool, long limit, int megabytes) throws IOException {
        MessageDigest digest = newDigest();
        byte[] buffer = new byte[16 * 1024];
        for (int length; (length = content.read(buffer, 0, (int) Math.min(buffer.length, limit + 1 - spool.size()))) >= 0;) {
            spool.append(buffer, length);
            digest.update(buffer, 0, length);
            if (spool.size() > limit) {
                throw Refusal.of(DocumentRefusal.DOCUMENT_TOO_LARGE, FIELD, megabytes);
            }
        }
        if (spool.size() == 0) {
            throw Refusal.of(DocumentRefusal.DOCUMENT_EMPTY, FIELD);
        }
        return digest.digest();
    }

    public String fileName() {
        return fileName;
    }

    public DocumentType type() {
        return type;
    }

    public int size() {
        return (int) spool.size();
    }

    /** Of the content, in lower-case hexadecimal. */
    public String sha256() {
        return HexFormat.of().formatHex(digest);
    }

    byte[] digest() {
        return digest.clone();
    }

    /** The whole content, for whoever must read it at once; only where the limits keep it small. */
    public byte[] octets() throws IOException {
        return spool.octets(0, size());
    }

    /** From its beginning; streams are independent of one another. */
    public InputStream content() {
        return spool.stream(0);
    }

    @Override
    public void close() throws IOException {
        spool.close();
    }

    static byte[] digestOf(Spool spool) throws IOException {
        MessageDigest digest = newDigest();
        try (InputStream content = spool.stream(0)) {
            byte[] buffer = new byte[16 * 1024];
            for (int length; (length = content.read(buffer)) > 0;) {
                digest.update(buffer, 0, length);
            }
        }
        return digest.digest();
    }

    static MessageDigest newDigest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
