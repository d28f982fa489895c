package org.kopuro.exchange.soap;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Optional;
import javax.xml.parsers.DocumentBuilder;
import org.kopuro.kernel.Refusal;
import org.kopuro.kernel.StrictXml;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** Parses messages of strangers, {@linkplain StrictXml strictly}; XML 1.0 only, because XML 1.1 admits control characters that no answer could repeat. */
final class XmlReader {

    static final int DEPTH_MAX = 64;
    private static final ThreadLocal<DocumentBuilder> BUILDER = ThreadLocal.withInitial(() -> StrictXml.builder(DEPTH_MAX));

    private XmlReader() {
    }

    /**
     * @param charset the charset named by the transport; without it the parser finds out, byte order mark included
     */
    static Document read(byte[] octets, int offset, int length, Optional<String> charset) {
        InputSource source = new InputSource(new ByteArrayInputStream(octets, offset, length));
        charset.ifPresent(source::setEncoding);
        try {
            Document document = BUILDER.get().parse(source);
            if (!"1.0".equals(document.getXmlVersion())) {
                throw Refusal.of(MessageRefusal.INVALID_SOAP, "xml");
            }
            return document;
        } catch (SAXException | IOException e) {
            throw Refusal.of(MessageRefusal.INVALID_SOAP, "xml");
        }
    }

    static Document empty() {
        return BUILDER.get().newDocument();
    }
}
