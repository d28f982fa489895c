package org.kopuro.exchange.soap;

import jakarta.activation.DataSource;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.HexFormat;
import org.kopuro.documents.DocumentContent;
import org.kopuro.exchange.evidence.Exchanged;

/** A file that leaves beside an answer; it is written to the wire from where it lies, and never as a whole in memory unless it was there before. */
public final class AnswerFile implements DataSource {

    private final String mediaType;
    private final long octets;
    private final String sha256;
    private final Octets source;

    private AnswerFile(String mediaType, long octets, String sha256, Octets source) {
        this.mediaType = mediaType;
        this.octets = octets;
        this.sha256 = sha256;
        this.source = source;
    }

    private interface Octets {
        void writeTo(OutputStream out) throws IOException;
    }

    /** A stored document, which whoever opened it closes when the answer has left. */
    public static AnswerFile of(DocumentContent content) {
        return new AnswerFile(content.view().type().mediaType(), content.view().size(), content.view().sha256(), content::writeTo);
    }

    static AnswerFile of(String mediaType, byte[] content) {
        return new AnswerFile(mediaType, content.length, HexFormat.of().formatHex(AttachedFile.sha256().digest(content)), out -> out.write(content));
    }

    void writeTo(OutputStream out) throws IOException {
        source.writeTo(out);
    }

    Exchanged.Attached described(String id) {
        return new Exchanged.Attached(id, mediaType, octets, sha256);
    }

    @Override
    public String getContentType() {
        return mediaType;
    }

    @Override
    public String getName() {
        return sha256;
    }

    @Override
    public InputStream getInputStream() {
        throw new UnsupportedOperationException("The file stays a file; nothing is to be made of it in memory.");
    }

    @Override
    public OutputStream getOutputStream() {
        throw new UnsupportedOperationException("What leaves is not written to.");
    }
}
