package org.kopuro.client;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.transform.OutputKeys;
import javax.xml.transform.Transformer;
import javax.xml.transform.TransformerException;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.ErrorHandler;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;

/** Namespaces of a message, and the few things that are done with its tree. */
public final class Xml {

    public static final String SOAP = "http://schemas.xmlsoap.org/soap/envelope/";
    public static final String XROAD = "http://x-road.eu/xsd/xroad.xsd";
    public static final String IDENTIFIERS = "http://x-road.eu/xsd/identifiers";
    public static final String SECURITY_TOKEN = "http://x-road.eu/xsd/security-token.xsd";
    public static final String TAX = "http://gns-security-server.x-road.fi/producer";
    public static final String REFUSAL = "urn:kopuro:refusal:v1";
    public static final String WSSE = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd";
    public static final String WSU = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd";
    public static final String X509 = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-x509-token-profile-1.0#X509v3";
    public static final String BASE64 = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-soap-message-security-1.0#Base64Binary";
    public static final String SIGNATURE = "http://www.w3.org/2000/09/xmldsig#";
    public static final String EXCLUSIVE_C14N = "http://www.w3.org/2001/10/xml-exc-c14n#";
    public static final String SHA256 = "http://www.w3.org/2001/04/xmlenc#sha256";

    private Xml() {
    }

    /** A document type has no place in a message: it could name files of this machine or grow without end. */
    public static Document read(byte[] octets) throws NotVerifiable {
        try {
            var builder = factory().newDocumentBuilder();
            builder.setErrorHandler(new Strict());
            return builder.parse(new ByteArrayInputStream(octets));
        } catch (SAXException | IOException e) {
            throw new NotVerifiable("it is not XML without a document type");
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException(e);
        }
    }

    public static Document create() {
        try {
            return factory().newDocumentBuilder().newDocument();
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException(e);
        }
    }

    public static byte[] write(Document document, boolean indented) {
        try {
            document.setXmlStandalone(true);
            Transformer writer = TransformerFactory.newDefaultInstance().newTransformer();
            writer.setOutputProperty(OutputKeys.ENCODING, "UTF-8");
            writer.setOutputProperty(OutputKeys.INDENT, indented ? "yes" : "no");
            ByteArrayOutputStream octets = new ByteArrayOutputStream();
            writer.transform(new DOMSource(document), new StreamResult(octets));
            return octets.toByteArray();
        } catch (TransformerException e) {
            throw new IllegalStateException(e);
        }
    }

    public static Element append(Node parent, String namespace, String qualifiedName) {
        Document document = parent instanceof Document itself ? itself : parent.getOwnerDocument();
        return (Element) parent.appendChild(document.createElementNS(namespace, qualifiedName));
    }

    public static Element append(Node parent, String namespace, String qualifiedName, String text) {
        Element element = append(parent, namespace, qualifiedName);
        element.setTextContent(text);
        return element;
    }

    public static void declare(Element element, String prefix, String namespace) {
        element.setAttributeNS("http://www.w3.org/2000/xmlns/", "xmlns:" + prefix, namespace);
    }

    public static List<Element> children(Element parent) {
        List<Element> children = new ArrayList<>();
        for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element element) {
                children.add(element);
            }
        }
        return children;
    }

    /** The first such child, whatever namespace when none is named: inside a SOAP Fault elements have none. */
    public static Optional<Element> child(Element parent, String namespace, String name) {
        return children(parent).stream().filter(child -> is(child, namespace, name)).findFirst();
    }

    public static boolean is(Element element, String namespace, String name) {
        String actual = element.getNamespaceURI() == null ? "" : element.getNamespaceURI();
        return actual.equals(namespace) && name.equals(element.getLocalName());
    }

    private static DocumentBuilderFactory factory() throws ParserConfigurationException {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultNSInstance();
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        factory.setXIncludeAware(false);
        factory.setExpandEntityReferences(false);
        // As the server has them.
        factory.setAttribute("jdk.xml.maxElementDepth", "64");
        factory.setAttribute("jdk.xml.elementAttributeLimit", "64");
        return factory;
    }

    /** The JDK's own handler would write to the error stream. */
    private static final class Strict implements ErrorHandler {
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
    }
}
