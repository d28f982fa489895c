package org.kopuro.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import javax.xml.XMLConstants;
import javax.xml.crypto.MarshalException;
import javax.xml.crypto.dsig.Reference;
import javax.xml.crypto.dsig.XMLSignature;
import javax.xml.crypto.dsig.XMLSignatureException;
import javax.xml.crypto.dsig.XMLSignatureFactory;
import javax.xml.crypto.dsig.dom.DOMValidateContext;
import javax.xml.transform.dom.DOMSource;
import javax.xml.validation.SchemaFactory;
import org.kopuro.testing.TestApplication;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** A SOAP answer, read and checked by the JDK alone. */
final class SoapAnswer {

    static final String SOAP = "http://schemas.xmlsoap.org/soap/envelope/";
    static final String XROAD = "http://x-road.eu/xsd/xroad.xsd";
    static final String WSU = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd";
    static final String PRODUCER = "http://gns-security-server.x-road.fi/producer";

    private final Document document;

    private SoapAnswer(Document document) {
        this.document = document;
    }

    static SoapAnswer of(Server.Response response) {
        assertTrue(Set.of(200, 500).contains(response.status()), () -> "status " + response.status() + ": " + response.text());
        assertEquals("text/xml;charset=utf-8", response.contentType().toLowerCase(java.util.Locale.ROOT).replace(" ", ""), response::text);
        for (String leak : List.of("Exception", "org.kopuro", "java.lang", "at org.", "select ", "org.postgresql")) {
            assertFalse(response.text().contains(leak), () -> "leaks " + leak + ": " + response.text());
        }
        return new SoapAnswer(SoapText.parse(response.body()));
    }

    Element body() {
        return (Element) document.getElementsByTagNameNS(SOAP, "Body").item(0);
    }

    Element payload() {
        return children(body()).get(0);
    }

    /** Text of the first element of that name in the answer's body, or empty. */
    String value(String name) {
        // X-Road's metaservices hold identifiers, which have a namespace of their own.
        NodeList found = body().getElementsByTagNameNS(XROAD.equals(payload().getNamespaceURI()) ? "*" : payload().getNamespaceURI(), name);
        return found.getLength() == 0 ? "" : found.item(0).getTextContent();
    }

    String faultCode() {
        return text("faultcode");
    }

    String occurrence() {
        return text("faultDetail");
    }

    String refusalCode() {
        NodeList code = document.getElementsByTagNameNS("urn:kopuro:refusal:v1", "code");
        return code.getLength() == 0 ? "" : code.item(0).getTextContent();
    }

    String refusalField() {
        NodeList field = document.getElementsByTagNameNS("urn:kopuro:refusal:v1", "field");
        return field.getLength() == 0 ? "" : field.item(0).getTextContent();
    }

    private String text(String name) {
        NodeList found = document.getElementsByTagName(name);
        return found.getLength() == 0 ? "" : found.item(0).getTextContent();
    }

    /** Valid, with the server's own certificate, over exactly Body and Timestamp. */
    void assertSignedByTheServer() {
        NodeList all = document.getElementsByTagName("*");
        for (int i = 0; i < all.getLength(); i++) {
            Element element = (Element) all.item(i);
            if (element.hasAttributeNS(WSU, "Id")) {
                element.setIdAttributeNS(WSU, "Id", true);
                assertFalse(XROAD.equals(element.getNamespaceURI()), "a wsu:Id on an X-Road header element");
            }
        }
        NodeList signatures = document.getElementsByTagNameNS(XMLSignature.XMLNS, "Signature");
        assertEquals(1, signatures.getLength(), "the answer is not signed");
        try {
            XMLSignatureFactory factory = XMLSignatureFactory.getInstance("DOM");
            boolean elliptic = ((Element) document.getElementsByTagNameNS(XMLSignature.XMLNS, "SignatureMethod").item(0)).getAttribute("Algorithm").contains("ecdsa");
            DOMValidateContext context = new DOMValidateContext(serverCertificate(elliptic ? "ec" : "rsa").getPublicKey(), signatures.item(0));
            XMLSignature signature = factory.unmarshalXMLSignature(context);
            assertTrue(signature.validate(context), "the answer's signature is not valid");
            Set<String> covered = new TreeSet<>();
            for (Object each : signature.getSignedInfo().getReferences()) {
                covered.add(document.getElementById(((Reference) each).getURI().substring(1)).getLocalName());
            }
            assertEquals(Set.of("Body", "Timestamp"), covered);
        } catch (MarshalException | XMLSignatureException e) {
            fail(e);
        }
    }

    boolean isSignedWithEllipticCurve() {
        return ((Element) document.getElementsByTagNameNS(XMLSignature.XMLNS, "SignatureMethod").item(0)).getAttribute("Algorithm").contains("ecdsa");
    }

    /** The X-Road fields of the request in their order, without token and hash, value by value. */
    void assertRepeatsHeaderOf(String request) {
        assertEquals(fields(SoapText.parse(SoapText.xmlOf(request))), fields(document));
    }

    /** The payload fits the published schema. */
    void assertFitsTheSchema() {
        try {
            SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI)
                    .newSchema(SoapAnswer.class.getClassLoader().getResource("contract/" + schema()))
                    .newValidator().validate(new DOMSource(payload()));
        } catch (SAXException | IOException e) {
            fail(e);
        }
    }

    private String schema() {
        return switch (payload().getNamespaceURI()) {
            case PRODUCER -> "tax/v1/messages.xsd";
            case XROAD -> "xroad/xroad.xsd";
            case "http://x-road.eu/xsd/op-monitoring.xsd" -> "xroad/op-monitoring.xsd";
            default -> payload().getNamespaceURI().split(":")[2] + "/v1/messages.xsd";
        };
    }

    private static List<String> fields(Document document) {
        Element header = (Element) document.getElementsByTagNameNS(SOAP, "Header").item(0);
        List<String> fields = new ArrayList<>();
        for (Element field : children(header)) {
            String namespace = field.getNamespaceURI();
            if (!XROAD.equals(namespace) && !"http://x-road.eu/xsd/representation.xsd".equals(namespace) || field.getLocalName().equals("requestHash")) {
                continue;
            }
            StringBuilder line = new StringBuilder("{" + namespace + "}" + field.getLocalName() + "@"
                    + field.getAttributeNS("http://x-road.eu/xsd/identifiers", "objectType"));
            List<Element> parts = children(field);
            if (parts.isEmpty()) {
                line.append('=').append(field.getTextContent());
            }
            parts.forEach(part -> line.append("/{").append(part.getNamespaceURI()).append('}').append(part.getLocalName()).append('=').append(part.getTextContent()));
            fields.add(line.toString());
        }
        return fields;
    }

    private static List<Element> children(Element parent) {
        List<Element> children = new ArrayList<>();
        for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element element) {
                children.add(element);
            }
        }
        return children;
    }

    private static X509Certificate serverCertificate(String kind) {
        try (InputStream in = Files.newInputStream(TestApplication.KEYS.resolve("signing-" + kind + ".cert.pem"))) {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
