package org.kopuro.exchange.soap;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Optional;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.kopuro.kernel.Refusal;
import org.w3c.dom.Document;
import org.xml.sax.ErrorHandler;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;

/**
 * Parses messages of strangers: no document type, hence no entities and nothing external; depth, attributes and name lengths
 * are bounded; XML 1.0 only, because XML 1.1 admits control characters that no answer could repeat.
 */
final class XmlReader {

    static final int DEPTH_MAX = 64;
    private static final int ATTRIBUTES_MAX = 64;
    private static final int NAME_LENGTH_MAX = 1_000;

    private static final DocumentBuilderFactory FACTORY = factory();
    private static final ThreadLocal<DocumentBuilder> BUILDER = ThreadLocal.withInitial(XmlReader::builder);
    private static final ErrorHandler SILENT = new ErrorHandler() {
        @Override
        public void warning(SAXParseException exception) {
            // A warning refuses nothing.
        }

        @Override
        public void error(SAXParseException exception) throws SAXException {
            throw exception;
        }

        @Override
        public void fatalError(SAXParseException exception) throws SAXException {
            throw exception;
        }
    };

    private XmlReader() {
    }

    /**
     * @param charset the charset named by the transport; without it the parser finds out, byte order mark included
     */
    static Document read(byte[] octets, int offset, int length, Optional<String> charset) {
        InputSource source = new InputSource(new ByteArrayInputStream(octets, offset, length));
        charset.ifPresent(source::setEncoding);
        DocumentBuilder builder = BUILDER.get();
        builder.reset();
        builder.setErrorHandler(SILENT);
        try {
            Document document = builder.parse(source);
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

    private static DocumentBuilder builder() {
        synchronized (FACTORY) {
            try {
                return FACTORY.newDocumentBuilder();
            } catch (ParserConfigurationException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private static DocumentBuilderFactory factory() {
        // The JDK's own parser, whatever else lies on the class path: its limits are the ones set here.
        DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultNSInstance();
        try {
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            factory.setFeature("http://xml.org/sax/features/external-general-entities", false);
            factory.setFeature("http://xml.org/sax/features/external-parameter-entities", false);
            // Small documents are read whole; expanding nodes one by one later costs more.
            factory.setFeature("http://apache.org/xml/features/dom/defer-node-expansion", false);
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException(e);
        }
        factory.setXIncludeAware(false);
        factory.setExpandEntityReferences(false);
        factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_DTD, "");
        factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_SCHEMA, "");
        factory.setAttribute("jdk.xml.maxElementDepth", String.valueOf(DEPTH_MAX));
        factory.setAttribute("jdk.xml.elementAttributeLimit", String.valueOf(ATTRIBUTES_MAX));
        factory.setAttribute("jdk.xml.maxXMLNameLimit", String.valueOf(NAME_LENGTH_MAX));
        return factory;
    }
}
