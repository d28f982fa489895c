package org.kopuro.exchange.soap;

import jakarta.activation.DataSource;
import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.kopuro.documents.Spool;
import org.kopuro.exchange.AttachmentLimit;
import org.kopuro.exchange.evidence.Exchanged;
import org.kopuro.kernel.Refusal;

/**
 * A file that came beside a message, in a temporary file of this node until it is closed, and its digest.
 *
 * <p>As a data source it is empty: the binding asks the schema about the text that would stand in place of the reference, and would make a hundred megabytes of characters for it. Its
 * octets are for {@link SoapCall#octets}.
 */
final class AttachedFile implements DataSource, Closeable {

    private final String id;
    private final String mediaType;
    private final Spool spool = new Spool();
    private String sha256;

    AttachedFile(String id, String mediaType) {
        this.id = id;
        this.mediaType = mediaType;
    }

    /** Takes the octets from the wire to the disk, and digests them on the way. */
    void fill(MultipartReader reader, MultipartReader.Part part, byte[] buffer, AttachmentLimit limit) throws IOException {
        MessageDigest digest = sha256();
        for (int length; (length = reader.read(part, buffer)) >= 0;) {
            spool.append(buffer, length);
            digest.update(buffer, 0, length);
            if (spool.size() > Attachments.octetsMax(limit)) {
                throw Refusal.of(MessageRefusal.MESSAGE_TOO_LARGE, "multipart/related", limit.megabytesMax() * 1024L * 1024);
            }
        }
        sha256 = HexFormat.of().formatHex(digest.digest());
    }

    /** From its beginning. */
    InputStream octets() {
        return spool.stream(0);
    }

    Exchanged.Attached described() {
        return new Exchanged.Attached(id, mediaType, spool.size(), sha256);
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public String getName() {
        return id;
    }

    @Override
    public String getContentType() {
        return mediaType;
    }

    @Override
    public InputStream getInputStream() {
        return new ByteArrayInputStream(new byte[0]);
    }

    @Override
    public OutputStream getOutputStream() {
        throw new UnsupportedOperationException("What came is not written to.");
    }

    @Override
    public void close() throws IOException {
        spool.close();
    }
}
