package org.kopuro.exchange.soap;

import jakarta.mail.internet.ContentType;
import jakarta.mail.internet.ParseException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Optional;
import org.kopuro.exchange.AttachmentLimit;
import org.kopuro.exchange.evidence.Exchanged;
import org.kopuro.kernel.Refusal;

/**
 * One HTTP request: method, SOAPAction and Content-Type first, then the octets of the SOAP document with a limit, which in a multipart message are its first part. What lies behind
 * the first part is read later, by whoever knows that the message is worth it.
 */
final class HttpMessage {

    /** A request with all its attachments, where an endpoint takes none. */
    static final int REQUEST_OCTETS_MAX = 5 * 1024 * 1024;
    /** The SOAP document itself, unless an endpoint says otherwise. */
    static final int SOAP_OCTETS_MAX = 1024 * 1024;
    /** What is read and thrown away of a refused request, so that its sender gets to read the refusal. */
    private static final long DRAINED_OCTETS_MAX = 160L * 1024 * 1024;

    private final SoapEndpoint endpoint;
    private final String contentType;
    private final Optional<String> charset;
    private final Metered body;
    /** Null where the message is the SOAP document and nothing else. */
    private final MultipartReader parts;

    private HttpMessage(SoapEndpoint endpoint, String contentType, Optional<String> charset, Metered body, MultipartReader parts) {
        this.endpoint = endpoint;
        this.contentType = contentType;
        this.charset = charset;
        this.body = body;
        this.parts = parts;
    }

    /** Reads the head. */
    static HttpMessage of(HttpServletRequest request, SoapEndpoint endpoint) throws IOException {
        if (!request.getMethod().equals("POST")) {
            throw Refusal.of(MessageRefusal.INVALID_HTTP_METHOD, request.getMethod());
        }
        String action = request.getHeader("SOAPAction");
        if (action != null && !action.isBlank() && !(action.length() >= 2 && action.startsWith("\"") && action.endsWith("\""))) {
            throw Refusal.of(MessageRefusal.INVALID_SOAP_ACTION, "SOAPAction");
        }
        String contentType = request.getContentType();
        if (contentType == null) {
            throw Refusal.of(MessageRefusal.INVALID_REQUEST, "Content-Type");
        }
        ContentType type = contentType(contentType);
        boolean multipart = type.match("multipart/related");
        if (!multipart && !type.match("text/xml")) {
            throw Refusal.of(MessageRefusal.INVALID_CONTENT_TYPE, "Content-Type");
        }
        Optional<String> charset = charset(type);
        Metered body = new Metered(request.getInputStream(), endpoint.requestOctetsMax());
        if (multipart && (type.getParameter("boundary") == null || type.getParameter("boundary").isEmpty())) {
            throw Refusal.of(MessageRefusal.MIME_PARSING_FAILED, "multipart/related");
        }
        return new HttpMessage(endpoint, contentType, charset, body, multipart ? new MultipartReader(body, contentType) : null);
    }

    boolean isMultipart() {
        return parts != null;
    }

    /** Reads the SOAP document. */
    Received received() throws IOException {
        if (parts == null) {
            return parsed(body.readAllBytes(), contentType, charset, MessageRefusal.INVALID_SOAP);
        }
        MultipartReader.Part soap = first();
        ContentType type = contentType(soap.contentType());
        if (!type.match("text/xml") && !type.match("application/xop+xml")) {
            throw Refusal.of(MessageRefusal.INVALID_CONTENT_TYPE, "multipart/related");
        }
        return parsed(parts.octets(soap, endpoint.documentOctetsMax() + 1), soap.contentType(), charset(type), MessageRefusal.MISSING_SOAP);
    }

    private MultipartReader.Part first() throws IOException {
        try {
            return parts.next().orElseThrow(() -> Refusal.of(MessageRefusal.MISSING_SOAP, "multipart/related"));
        } catch (Refusal refusal) {
            throw body.isEmpty() ? Refusal.of(MessageRefusal.MISSING_SOAP, "multipart/related") : refusal;
        }
    }

    private Received parsed(byte[] octets, String type, Optional<String> charset, MessageRefusal whenEmpty) {
        if (octets.length == 0) {
            throw Refusal.of(whenEmpty, "xml");
        }
        if (octets.length > endpoint.documentOctetsMax()) {
            throw Refusal.of(MessageRefusal.MESSAGE_TOO_LARGE, "soap:Envelope", endpoint.documentOctetsMax());
        }
        return new Received(XmlReader.read(octets, 0, octets.length, charset), new Exchanged.Message(type, octets));
    }

    /** Reads what came beside the document, to the end of the message. */
    Attachments attachments(AttachmentLimit limit) throws IOException {
        // Base 64 with its line ends takes 1.4 times as many octets.
        body.allow(REQUEST_OCTETS_MAX + limit.countMax() * Attachments.octetsMax(limit) * 3 / 2);
        return Attachments.received(parts, limit);
    }

    /** Reads to the end of the message, keeps nothing, and says whether something came beside the document. */
    boolean dropsOthers() throws IOException {
        if (parts == null) {
            return false;
        }
        if (endpoint.takesAttachments()) {
            body.allow(DRAINED_OCTETS_MAX);
        }
        return parts.drop() > 0;
    }

    /**
     * Reads what is left of a message that is refused, keeping nothing, so that its sender gets to read why. Where what is left is malformed, that is why: a malformed message is told
     * so, whether or not it is signed.
     */
    Refusal afterAll(Refusal refusal) throws IOException {
        if (body.isBroken()) {
            return refusal;
        }
        body.allow(DRAINED_OCTETS_MAX);
        Refusal told = refusal;
        try {
            if (parts != null && refusal.code() != MessageRefusal.MESSAGE_TOO_LARGE) {
                parts.drop();
            }
        } catch (Refusal ofTheRest) {
            told = ofTheRest.code() == MessageRefusal.MESSAGE_TOO_LARGE ? refusal : ofTheRest;
        }
        body.drain();
        return told;
    }

    private static ContentType contentType(String header) {
        try {
            return new ContentType(header);
        } catch (ParseException e) {
            throw Refusal.of(MessageRefusal.INVALID_CONTENT_TYPE, "Content-Type");
        }
    }

    private static Optional<String> charset(ContentType type) {
        String name = type.getParameter("charset");
        if (name == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(Charset.forName(name).name());
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            throw Refusal.of(MessageRefusal.INVALID_CONTENT_TYPE, "Content-Type");
        }
    }
}
