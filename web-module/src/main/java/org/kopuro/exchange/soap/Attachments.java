package org.kopuro.exchange.soap;

import jakarta.activation.DataHandler;
import java.io.Closeable;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.cxf.attachment.AttachmentImpl;
import org.apache.cxf.message.Attachment;
import org.kopuro.exchange.AttachmentLimit;
import org.kopuro.exchange.evidence.Exchanged;
import org.kopuro.kernel.Refusal;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * What came beside a SOAP document (MTOM, swaRef), by content id, until it is closed. The signature covers the references, not the octets: a service that takes attachments compares them
 * with a digest in the signed Body, and what no signed element refers to is refused.
 */
final class Attachments implements Closeable {

    static final Attachments NONE = new Attachments(Map.of());

    private static final String SCHEME = "cid:";
    private static final int BUFFER = 64 * 1024;
    private static final long MEGABYTE = 1024L * 1024;

    private final Map<String, AttachedFile> parts;

    private Attachments(Map<String, AttachedFile> parts) {
        this.parts = parts;
    }

    /** Of one of them on the wire; a megabyte more than the limit, so that the service tells what is too large, with its own words. */
    static long octetsMax(AttachmentLimit limit) {
        return (limit.megabytesMax() + 1) * MEGABYTE;
    }

    /** All parts but the first, which has been read; a content id that two parts have is refused, for who reads which? */
    static Attachments received(MultipartReader reader, AttachmentLimit limit) throws IOException {
        Attachments attachments = new Attachments(new LinkedHashMap<>());
        boolean whole = false;
        try {
            byte[] buffer = new byte[BUFFER];
            for (Optional<MultipartReader.Part> part = reader.next(); part.isPresent(); part = reader.next()) {
                attachments.add(reader, part.get(), buffer, limit);
            }
            whole = true;
            return attachments;
        } finally {
            if (!whole) {
                attachments.close();
            }
        }
    }

    private void add(MultipartReader reader, MultipartReader.Part part, byte[] buffer, AttachmentLimit limit) throws IOException {
        String id = part.id().orElseThrow(() -> Refusal.of(MessageRefusal.ATTACHMENT_NOT_COVERED, "Content-ID"));
        if (parts.containsKey(id)) {
            throw Refusal.of(MessageRefusal.MIME_PARSING_FAILED, "multipart/related");
        }
        if (parts.size() == limit.countMax()) {
            throw Refusal.of(MessageRefusal.ATTACHMENTS_TOO_MANY, "multipart/related", limit.countMax());
        }
        AttachedFile file = new AttachedFile(id, part.contentType());
        parts.put(id, file);
        file.fill(reader, part, buffer, limit);
    }

    /** As the binding wants them. */
    List<Attachment> bound() {
        return parts.values().stream().<Attachment>map(file -> new AttachmentImpl(file.getName(), new DataHandler(file))).toList();
    }

    Optional<AttachedFile> find(String id) {
        return Optional.ofNullable(id).map(parts::get);
    }

    List<Exchanged.Attached> described() {
        return parts.values().stream().map(AttachedFile::described).toList();
    }

    /**
     * Whatever the message refers to came along, and nothing else did. An endpoint that takes no attachments leaves the reference to its schema, which knows none.
     */
    void requireReferences(Element payload, SoapEndpoint endpoint) {
        if (!endpoint.takesAttachments()) {
            return;
        }
        Set<String> covered = new HashSet<>();
        NodeList includes = payload.getElementsByTagNameNS(Namespaces.XOP, "Include");
        for (int i = 0; i < includes.getLength(); i++) {
            covered.add(referred(((Element) includes.item(i)).getAttribute("href"), "xop:Include"));
        }
        for (String name : endpoint.swaReferences()) {
            NodeList references = payload.getElementsByTagNameNS(endpoint.namespace(), name);
            for (int i = 0; i < references.getLength(); i++) {
                covered.add(referred(references.item(i).getTextContent(), name));
            }
        }
        if (!covered.containsAll(parts.keySet())) {
            throw Refusal.of(MessageRefusal.ATTACHMENT_NOT_COVERED, "Content-ID");
        }
    }

    private String referred(String address, String element) {
        String id = address.startsWith(SCHEME) ? decoded(address.substring(SCHEME.length())) : "";
        if (!parts.containsKey(id)) {
            throw Refusal.of(MessageRefusal.REQUEST_STRUCTURE_INVALID, element, "href");
        }
        return id;
    }

    private static String decoded(String id) {
        try {
            return URLDecoder.decode(id, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return id;
        }
    }

    @Override
    public void close() throws IOException {
        IOException failed = null;
        for (AttachedFile file : parts.values()) {
            try {
                file.close();
            } catch (IOException e) {
                failed = e;
            }
        }
        if (failed != null) {
            throw failed;
        }
    }
}
