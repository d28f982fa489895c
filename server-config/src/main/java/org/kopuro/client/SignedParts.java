package org.kopuro.client;

import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
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

/** That a known certificate's key signed exactly the elements of a message that are read. */
public final class SignedParts {

    private static final Duration WINDOW = Duration.ofMinutes(5);
    private static final String MORE = "http://www.w3.org/2001/04/xmldsig-more#";
    private static final Set<String> METHODS = Set.of(MORE + "rsa-sha256", MORE + "rsa-sha384", MORE + "rsa-sha512",
            MORE + "ecdsa-sha256", MORE + "ecdsa-sha384", MORE + "ecdsa-sha512");
    /** Some libraries name the second one everywhere; it takes away the signature itself and nothing else. */
    private static final Set<String> TRANSFORMS = Set.of(Xml.EXCLUSIVE_C14N, Transform.ENVELOPED);

    private SignedParts() {
    }

    /**
     * @param parts the very elements that are read afterwards
     * @param clock the time-stamp is always one of the parts, and of these five minutes
     */
    public static void require(Element security, List<Element> parts, X509Certificate signer, Clock clock) throws NotVerifiable {
        Document document = security.getOwnerDocument();
        learnIds(document.getDocumentElement(), new HashSet<>());
        requireCertificate(only(security, Xml.WSSE, "BinarySecurityToken"), signer);
        Element timestamp = only(security, Xml.WSU, "Timestamp");
        // The key is the one that we know, whatever the message says of keys.
        DOMValidateContext context = new DOMValidateContext(signer.getPublicKey(), only(security, Xml.SIGNATURE, "Signature"));
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
        List<Element> needed = new ArrayList<>(parts);
        needed.add(timestamp);
        for (Element element : needed) {
            if (!covered.contains(element)) {
                throw new NotVerifiable("its " + element.getLocalName() + " is not signed");
            }
        }
        requireFresh(timestamp, clock.instant());
    }

    /** The very element that was digested, whole: no transform may have taken a part of it. */
    private static Element referenced(Document document, Reference reference) throws NotVerifiable {
        for (Transform transform : reference.getTransforms()) {
            if (!TRANSFORMS.contains(transform.getAlgorithm())) {
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

    private static void requireCertificate(Element token, X509Certificate signer) throws NotVerifiable {
        try {
            if (Arrays.equals(Base64.getMimeDecoder().decode(token.getTextContent()), signer.getEncoded())) {
                return;
            }
        } catch (CertificateEncodingException | IllegalArgumentException e) {
            // Told below: what cannot be read is not that certificate either.
        }
        throw new NotVerifiable("it is signed with another certificate than the one that is known");
    }

    /** Expires may be left out: the window ends a message's time as well. */
    private static void requireFresh(Element timestamp, Instant now) throws NotVerifiable {
        try {
            Instant created = OffsetDateTime.parse(only(timestamp, Xml.WSU, "Created").getTextContent().strip()).toInstant();
            boolean expired = Xml.child(timestamp, Xml.WSU, "Expires").map(end -> OffsetDateTime.parse(end.getTextContent().strip()).toInstant())
                    .filter(end -> !now.isBefore(end)).isPresent();
            if (Duration.between(created, now).abs().compareTo(WINDOW) > 0 || expired) {
                throw new NotVerifiable("its time-stamp is %s and this machine's clock says %s".formatted(created, now));
            }
        } catch (DateTimeException e) {
            throw new NotVerifiable("its time-stamp cannot be read");
        }
    }

    static Element only(Element parent, String namespace, String name) throws NotVerifiable {
        List<Element> found = Xml.children(parent).stream().filter(child -> Xml.is(child, namespace, name)).toList();
        if (found.size() != 1) {
            throw new NotVerifiable("it has " + (found.isEmpty() ? "no " : "more than one ") + name);
        }
        return found.get(0);
    }
}
