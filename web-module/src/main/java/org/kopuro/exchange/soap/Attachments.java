package org.kopuro.exchange.soap;

import jakarta.mail.BodyPart;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.cxf.attachment.AttachmentImpl;
import org.apache.cxf.message.Attachment;
import org.kopuro.kernel.Refusal;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * What came beside a SOAP document (MTOM), by content id. The signature covers the references, not the octets: a service that takes attachments compares them with a digest
 * in the signed Body.
 */
final class Attachments {

    static final Attachments NONE = new Attachments(Map.of());

    private static final String SCHEME = "cid:";

    private final Map<String, Attachment> parts;

    private Attachments(Map<String, Attachment> parts) {
        this.parts = parts;
    }

    /** All parts but the first; a content id that two parts have is refused, for who reads which? */
    static Attachments of(Multipart multipart) throws MessagingException {
        Map<String, Attachment> parts = new LinkedHashMap<>();
        for (int i = 1; i < multipart.getCount(); i++) {
            BodyPart part = multipart.getBodyPart(i);
            String[] ids = part.getHeader("Content-ID");
            if (ids == null) {
                continue;
            }
            String id = ids[0].strip().replaceAll("^<|>$", "");
            if (ids.length > 1 || parts.putIfAbsent(id, new AttachmentImpl(id, part.getDataHandler())) != null) {
                throw Refusal.of(MessageRefusal.MIME_PARSING_FAILED, "multipart/related");
            }
        }
        return new Attachments(parts);
    }

    Collection<Attachment> parts() {
        return List.copyOf(parts.values());
    }

    /** Whatever the message refers to came along. An endpoint that takes no attachments leaves the reference to its schema, which knows none. */
    void requireReferences(Element payload, SoapEndpoint endpoint) {
        if (!endpoint.takesAttachments()) {
            return;
        }
        NodeList references = payload.getElementsByTagNameNS(Namespaces.XOP, "Include");
        for (int i = 0; i < references.getLength(); i++) {
            String address = ((Element) references.item(i)).getAttribute("href");
            if (!address.startsWith(SCHEME) || !parts.containsKey(decoded(address.substring(SCHEME.length())))) {
                throw Refusal.of(MessageRefusal.REQUEST_STRUCTURE_INVALID, "xop:Include", "href");
            }
        }
    }

    private static String decoded(String id) {
        try {
            return URLDecoder.decode(id, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return id;
        }
    }
}
