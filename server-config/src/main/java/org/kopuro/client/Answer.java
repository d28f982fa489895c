package org.kopuro.client;

import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import javax.xml.crypto.MarshalException;
import javax.xml.crypto.dsig.Reference;
import javax.xml.crypto.dsig.Transform;
import javax.xml.crypto.dsig.XMLSignature;
import javax.xml.crypto.dsig.XMLSignatureException;
import javax.xml.crypto.dsig.XMLSignatureFactory;
import javax.xml.crypto.dsig.dom.DOMValidateContext;
import org.w3c.dom.Attr;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/**
 * A response in which Body and time-stamp are signed with the server's certificate and nothing else.
 *
 * @param payload the one element in the Body: a response or a SOAP Fault
 * @param signed  false only for a SOAP Fault: a stranger gets no signature, and a forged Fault does no more harm than silence
 */
record Answer(Element payload, boolean signed) {

    private static final Duration WINDOW = Duration.ofMinutes(5);
    private static final Set<String> METHODS = Set.of("http://www.w3.org/2001/04/xmldsig-more#rsa-sha256",
            "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256");

    static Answer verified(byte[] octets, Document asked, X509Certificate server, Clock clock) throws NotVerifiable {
        Document document = Xml.read(octets);
        Element envelope = document.getDocumentElement();
        Element body = only(envelope, Xml.SOAP, "Body");
        List<Element> children = Xml.children(body);
        if (!Xml.is(envelope, Xml.SOAP, "Envelope") || children.size() != 1) {
            throw new NotVerifiable("the answer is not a SOAP 1.1 message with one element in its Body");
        }
        boolean fault = Xml.is(children.get(0), Xml.SOAP, "Fault");
        if (fault && Xml.child(envelope, Xml.SOAP, "Header").flatMap(header -> Xml.child(header, Xml.WSSE, "Security")).isEmpty()) {
            return new Answer(children.get(0), false);
        }
        Element header = only(envelope, Xml.SOAP, "Header");
        verify(only(header, Xml.WSSE, "Security"), body, server, clock);
        Element askedHeader = Xml.child(asked.getDocumentElement(), Xml.SOAP, "Header").orElseThrow();
        for (String name : List.of("client", "service", "id")) {
            if (!text(only(header, Xml.XROAD, name)).equals(text(only(askedHeader, Xml.XROAD, name)))) {
                throw new NotVerifiable("its header names another " + name + ": it answers another call");
            }
        }
        return new Answer(children.get(0), true);
    }

    private static void verify(Element security, Element body, X509Certificate server, Clock clock) throws NotVerifiable {
        Document document = security.getOwnerDocument();
        learnIds(document.getDocumentElement(), new HashSet<>());
        requireCertificate(only(security, Xml.WSSE, "BinarySecurityToken"), server);
        Element timestamp = only(security, Xml.WSU, "Timestamp");
        // The key is the one that we know, whatever the message says of keys.
        DOMValidateContext context = new DOMValidateContext(server.getPublicKey(), only(security, Xml.SIGNATURE, "Signature"));
        Set<Element> covered = Collections.newSetFromMap(new IdentityHashMap<>());
        try {
            XMLSignature signature = XMLSignatureFactory.getInstance("DOM").unmarshalXMLSignature(context);
            if (!METHODS.contains(signature.getSignedInfo().getSignatureMethod().getAlgorithm()) || !signature.validate(context)) {
                throw new NotVerifiable("its signature is wrong");
            }
            for (Reference reference : signature.getSignedInfo().getReferences()) {
                covered.add(referenced(document, reference));
            }
        } catch (MarshalException | XMLSignatureException e) {
            throw new NotVerifiable("its signature cannot be read");
        }
        for (Element element : List.of(body, timestamp)) {
            if (!covered.contains(element)) {
                throw new NotVerifiable("its " + element.getLocalName() + " is not signed");
            }
        }
        requireFresh(timestamp, clock.instant());
    }

    /** The very element that was digested, whole: no transform may have taken a part of it. */
    private static Element referenced(Document document, Reference reference) throws NotVerifiable {
        for (Transform transform : reference.getTransforms()) {
            if (!transform.getAlgorithm().equals(Xml.EXCLUSIVE_C14N)) {
                throw new NotVerifiable("its signature uses a transform other than exclusive canonical form");
            }
        }
        String uri = reference.getURI() == null ? "" : reference.getURI();
        Element element = uri.startsWith("#") ? document.getElementById(uri.substring(1)) : null;
        if (element == null) {
            throw new NotVerifiable("its signature refers to something that is not there");
        }
        return element;
    }

    /** A tree without a schema does not know its Ids. With two elements of one Id a verifier and a reader may look at different ones. */
    private static void learnIds(Element element, Set<String> ids) throws NotVerifiable {
        for (int i = 0; i < element.getAttributes().getLength(); i++) {
            Attr attribute = (Attr) element.getAttributes().item(i);
            if ("id".equalsIgnoreCase(attribute.getLocalName()) && !ids.add(attribute.getValue())) {
                throw new NotVerifiable("two of its elements have the same Id");
            }
        }
        if (element.hasAttributeNS(Xml.WSU, "Id")) {
            element.setIdAttributeNS(Xml.WSU, "Id", true);
        }
        for (Node child = element.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child instanceof Element nested) {
                learnIds(nested, ids);
            }
        }
    }

    private static void requireCertificate(Element token, X509Certificate server) throws NotVerifiable {
        try {
            if (Arrays.equals(Base64.getMimeDecoder().decode(token.getTextContent()), server.getEncoded())) {
                return;
            }
        } catch (CertificateEncodingException | IllegalArgumentException e) {
            // Told below: what cannot be read is not the server's certificate either.
        }
        throw new NotVerifiable("it is signed with another certificate than the server's that this client knows");
    }

    private static void requireFresh(Element timestamp, Instant now) throws NotVerifiable {
        try {
            Instant created = OffsetDateTime.parse(only(timestamp, Xml.WSU, "Created").getTextContent().strip()).toInstant();
            Instant expires = OffsetDateTime.parse(only(timestamp, Xml.WSU, "Expires").getTextContent().strip()).toInstant();
            if (Duration.between(created, now).abs().compareTo(WINDOW) > 0 || !now.isBefore(expires)) {
                throw new NotVerifiable("its time-stamp is %s and this machine's clock says %s".formatted(created, now));
            }
        } catch (DateTimeException e) {
            throw new NotVerifiable("its time-stamp cannot be read");
        }
    }

    private static String text(Element element) {
        List<Element> parts = Xml.children(element);
        StringBuilder text = new StringBuilder();
        parts.forEach(part -> text.append(part.getLocalName()).append('=').append(part.getTextContent()).append('\n'));
        return parts.isEmpty() ? element.getTextContent() : text.toString();
    }

    private static Element only(Element parent, String namespace, String name) throws NotVerifiable {
        List<Element> found = Xml.children(parent).stream().filter(child -> Xml.is(child, namespace, name)).toList();
        if (found.size() != 1) {
            throw new NotVerifiable("it has " + (found.isEmpty() ? "no " : "more than one ") + name);
        }
        return found.get(0);
    }
}
