package org.kopuro.exchange.soap;

import jakarta.activation.DataSource;
import jakarta.mail.BodyPart;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.ContentType;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.internet.ParseException;
import jakarta.mail.util.ByteArrayDataSource;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Arrays;
import java.util.Optional;
import org.kopuro.exchange.evidence.Exchanged;
import org.kopuro.kernel.Refusal;

/**
 * Reads the SOAP document out of an HTTP request: method, SOAPAction and Content-Type first, then the octets with a limit,
 * then, in a multipart message, its first part. Multipart messages are read by Jakarta Mail.
 */
final class HttpMessage {

    /** A request with all its attachments, unless an endpoint says otherwise. */
    static final int REQUEST_OCTETS_MAX = 5 * 1024 * 1024;
    /** The SOAP document itself, unless an endpoint says otherwise. */
    static final int SOAP_OCTETS_MAX = 1024 * 1024;
    /** What is read and thrown away of a request that is too large, so that its sender gets to read the refusal. */
    private static final long DRAINED_OCTETS_MAX = 64L * 1024 * 1024;

    private static final int PARTS_MAX = 100;

    private HttpMessage() {
    }

    static Received read(HttpServletRequest request, SoapEndpoint endpoint) throws IOException {
        if (!request.getMethod().equals("POST")) {
            throw Refusal.of(MessageRefusal.INVALID_HTTP_METHOD, request.getMethod());
        }
        String action = request.getHeader("SOAPAction");
        if (action != null && !action.isBlank() && !(action.length() >= 2 && action.startsWith("\"") && action.endsWith("\""))) {
            throw Refusal.of(MessageRefusal.INVALID_SOAP_ACTION, "SOAPAction");
        }
        if (request.getContentType() == null) {
            throw Refusal.of(MessageRefusal.INVALID_REQUEST, "Content-Type");
        }
        ContentType type = contentType(request.getContentType());
        boolean multipart = type.match("multipart/related");
        if (!multipart && !type.match("text/xml")) {
            throw Refusal.of(MessageRefusal.INVALID_CONTENT_TYPE, "Content-Type");
        }
        Optional<String> charset = charset(type);
        byte[] octets = octets(request, endpoint.requestOctetsMax());
        if (!multipart) {
            return parse(octets, request.getContentType(), charset, MessageRefusal.INVALID_SOAP, endpoint.documentOctetsMax(), Attachments.NONE);
        }
        if (octets.length == 0) {
            throw Refusal.of(MessageRefusal.MISSING_SOAP, "multipart/related");
        }
        return firstPart(octets, request.getContentType(), endpoint);
    }

    private static Received parse(byte[] octets, String contentType, Optional<String> charset, MessageRefusal whenEmpty, int octetsMax,
            Attachments attachments) {
        if (octets.length == 0) {
            throw Refusal.of(whenEmpty, "xml");
        }
        if (octets.length > octetsMax) {
            throw Refusal.of(MessageRefusal.MESSAGE_TOO_LARGE, "soap:Envelope", octetsMax);
        }
        return new Received(XmlReader.read(octets, 0, octets.length, charset), new Exchanged.Message(contentType, octets), attachments);
    }

    private static Received firstPart(byte[] octets, String contentType, SoapEndpoint endpoint) throws IOException {
        try {
            refuseTooManyParts(octets, new ContentType(contentType).getParameter("boundary"));
            DataSource source = new ByteArrayDataSource(octets, contentType);
            MimeMultipart multipart = new MimeMultipart(source);
            int parts = multipart.getCount();
            if (!multipart.isComplete()) {
                throw Refusal.of(MessageRefusal.MIME_PARSING_FAILED, "multipart/related");
            }
            if (parts == 0) {
                throw Refusal.of(MessageRefusal.MISSING_SOAP, "multipart/related");
            }
            for (int i = 0; i < parts; i++) {
                if (multipart.getBodyPart(i).getHeader("Content-Type") == null) {
                    throw Refusal.of(MessageRefusal.INVALID_CONTENT_TYPE, "multipart/related");
                }
            }
            Attachments attachments = endpoint.takesAttachments() ? Attachments.of(multipart) : Attachments.NONE;
            BodyPart soap = multipart.getBodyPart(0);
            ContentType type = contentType(soap.getContentType());
            if (!type.match("text/xml") && !type.match("application/xop+xml")) {
                throw Refusal.of(MessageRefusal.INVALID_CONTENT_TYPE, "multipart/related");
            }
            try (InputStream content = soap.getInputStream()) {
                return parse(content.readAllBytes(), soap.getContentType(), charset(type), MessageRefusal.MISSING_SOAP, endpoint.documentOctetsMax(), attachments);
            }
        } catch (MessagingException e) {
            throw Refusal.of(MessageRefusal.MIME_PARSING_FAILED, "multipart/related");
        }
    }

    /** Before the parser makes an object of each: a million parts of five octets are within the size limit. */
    private static void refuseTooManyParts(byte[] octets, String boundary) {
        if (boundary == null || boundary.isEmpty()) {
            throw Refusal.of(MessageRefusal.MIME_PARSING_FAILED, "multipart/related");
        }
        byte[] delimiter = ("--" + boundary).getBytes(StandardCharsets.ISO_8859_1);
        int parts = 0;
        for (int i = 0; i + delimiter.length <= octets.length; i++) {
            if ((i == 0 || octets[i - 1] == '\n') && Arrays.equals(octets, i, i + delimiter.length, delimiter, 0, delimiter.length)
                    && ++parts > PARTS_MAX + 1) {
                throw Refusal.of(MessageRefusal.MIME_PARSING_FAILED, "multipart/related");
            }
        }
    }

    private static byte[] octets(HttpServletRequest request, int most) throws IOException {
        InputStream body = request.getInputStream();
        byte[] octets = body.readNBytes(most + 1);
        if (octets.length > most) {
            drain(body);
            throw Refusal.of(MessageRefusal.MESSAGE_TOO_LARGE, "HTTP", most);
        }
        return octets;
    }

    private static void drain(InputStream body) throws IOException {
        byte[] scratch = new byte[64 * 1024];
        long drained = 0;
        int read;
        while (drained < DRAINED_OCTETS_MAX && (read = body.read(scratch)) >= 0) {
            drained += read;
        }
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
