package org.kopuro.exchange.soap;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.kopuro.exchange.IdentityRefusal;
import org.kopuro.kernel.Refusal;
import org.w3c.dom.Attr;
import org.w3c.dom.Element;
import org.w3c.dom.NamedNodeMap;
import org.w3c.dom.Node;

/**
 * What a signature may look like, checked on the tree before any cryptography: one Security header with one certificate, one
 * time-stamp and one signature; known strong algorithms; references to elements of this message by unique Ids, to files beside it where those are taken, and to nothing else.
 * What is allowed is listed; everything unlisted is refused by name.
 */
final class SignaturePolicy {

    private static final int REFERENCES_MAX = 20;
    private static final String EXCLUSIVE_C14N = "http://www.w3.org/2001/10/xml-exc-c14n#";
    private static final Set<String> SIGNATURE_METHODS = Set.of(
            "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256",
            "http://www.w3.org/2001/04/xmldsig-more#rsa-sha384",
            "http://www.w3.org/2001/04/xmldsig-more#rsa-sha512",
            "http://www.w3.org/2007/05/xmldsig-more#sha256-rsa-MGF1",
            "http://www.w3.org/2007/05/xmldsig-more#sha384-rsa-MGF1",
            "http://www.w3.org/2007/05/xmldsig-more#sha512-rsa-MGF1",
            "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256",
            "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha384",
            "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha512");
    private static final Set<String> DIGESTS = Set.of(
            "http://www.w3.org/2001/04/xmlenc#sha256",
            "http://www.w3.org/2001/04/xmldsig-more#sha384",
            "http://www.w3.org/2001/04/xmlenc#sha512");
    /** Some clients (npm soap) name the enveloped-signature transform on every reference; it changes nothing outside a signature. */
    private static final Set<String> TRANSFORMS = Set.of(EXCLUSIVE_C14N, "http://www.w3.org/2000/09/xmldsig#enveloped-signature");

    /** Of the SwA profile: the octets of a part, whatever its head says. */
    private static final String CONTENT_OF_A_PART = "http://docs.oasis-open.org/wss/oasis-wss-SwAProfile-1.1#Attachment-Content-Signature-Transform";

    private SignaturePolicy() {
    }

    /** The parts of an acceptable Security header. */
    record SecurityHeader(Element element, Element certificate, Element timestamp, Element signature) {

        boolean isByEllipticCurve() {
            Element signedInfo = Dom.children(signature, Namespaces.SIGNATURE, "SignedInfo").get(0);
            return Dom.children(signedInfo, Namespaces.SIGNATURE, "SignatureMethod").get(0).getAttributeNS(null, "Algorithm").contains("#ecdsa-");
        }
    }

    /** @param partsToo whether references to what came beside the message are followed */
    static SecurityHeader check(XRoadMessage message, boolean partsToo) {
        List<Element> headers = Dom.children(message.soapHeader(), Namespaces.WSSE, "Security");
        if (headers.isEmpty()) {
            throw Refusal.of(IdentityRefusal.SIGNATURE_MISSING, "wsse:Security");
        }
        if (headers.size() > 1) {
            throw form("2 × wsse:Security");
        }
        Element security = headers.get(0);
        for (Element child : Dom.children(security)) {
            if (!Dom.is(child, Namespaces.WSSE, "BinarySecurityToken") && !Dom.is(child, Namespaces.WSU, "Timestamp")
                    && !Dom.is(child, Namespaces.SIGNATURE, "Signature")) {
                throw form(named(child));
            }
        }
        Element signature = only(security, Namespaces.SIGNATURE, "Signature", IdentityRefusal.SIGNATURE_MISSING);
        Element certificate = only(security, Namespaces.WSSE, "BinarySecurityToken", IdentityRefusal.SIGNATURE_FORM_REFUSED);
        Element timestamp = only(security, Namespaces.WSU, "Timestamp", IdentityRefusal.TIMESTAMP_MISSING);
        refuseDuplicateIds(message.document().getDocumentElement(), new HashSet<>());
        checkSignature(signature, partsToo);
        checkKeyInfo(signature, certificate);
        return new SecurityHeader(security, certificate, timestamp, signature);
    }

    private static void checkSignature(Element signature, boolean partsToo) {
        for (Element child : Dom.children(signature)) {
            if (!child.getLocalName().equals("SignedInfo") && !child.getLocalName().equals("SignatureValue") && !child.getLocalName().equals("KeyInfo")) {
                throw form(named(child));
            }
        }
        Element signedInfo = only(signature, Namespaces.SIGNATURE, "SignedInfo", IdentityRefusal.SIGNATURE_FORM_REFUSED);
        requireAlgorithm(signedInfo, "CanonicalizationMethod", Set.of(EXCLUSIVE_C14N));
        requireAlgorithm(signedInfo, "SignatureMethod", SIGNATURE_METHODS);
        List<Element> references = Dom.children(signedInfo, Namespaces.SIGNATURE, "Reference");
        if (references.isEmpty() || references.size() > REFERENCES_MAX) {
            throw form(references.size() + " × ds:Reference");
        }
        Set<String> parts = new HashSet<>();
        for (Element reference : references) {
            String uri = reference.getAttributeNS(null, "URI");
            boolean part = partsToo && uri.startsWith("cid:");
            if (part ? !parts.add(uri) : uri.length() < 2 || uri.charAt(0) != '#' || uri.startsWith("#xpointer")) {
                throw form("ds:Reference/@URI");
            }
            requireAlgorithm(reference, "DigestMethod", DIGESTS);
            List<Element> lists = Dom.children(reference, Namespaces.SIGNATURE, "Transforms");
            List<Element> transforms = lists.isEmpty() ? List.of() : Dom.children(lists.get(0), Namespaces.SIGNATURE, "Transform");
            if (lists.size() > 1 || transforms.size() > 2) {
                throw form("ds:Transforms");
            }
            if (part) {
                if (transforms.size() != 1) {
                    throw form("ds:Transforms");
                }
                requireAlgorithm(transforms.get(0), Set.of(CONTENT_OF_A_PART));
                continue;
            }
            for (Element transform : transforms) {
                requireAlgorithm(transform, TRANSFORMS);
            }
            // Without it the reference would be digested in inclusive form, which changes when the message is embedded.
            if (transforms.stream().noneMatch(transform -> transform.getAttributeNS(null, "Algorithm").equals(EXCLUSIVE_C14N))) {
                throw Refusal.of(IdentityRefusal.SIGNATURE_ALGORITHM_REFUSED, "ds:Transform", "–");
            }
        }
    }

    /** The key is the certificate that is sent along, referred to by its Id, so that what is checked is what is registered. */
    private static void checkKeyInfo(Element signature, Element certificate) {
        Element keyInfo = only(signature, Namespaces.SIGNATURE, "KeyInfo", IdentityRefusal.SIGNATURE_FORM_REFUSED);
        List<Element> children = Dom.children(keyInfo);
        if (children.size() != 1 || !Dom.is(children.get(0), Namespaces.WSSE, "SecurityTokenReference")) {
            throw form("ds:KeyInfo");
        }
        List<Element> references = Dom.children(children.get(0));
        if (references.size() != 1 || !Dom.is(references.get(0), Namespaces.WSSE, "Reference")
                || !references.get(0).getAttributeNS(null, "URI").equals("#" + certificate.getAttributeNS(Namespaces.WSU, "Id"))
                || certificate.getAttributeNS(Namespaces.WSU, "Id").isEmpty()) {
            throw form("wsse:SecurityTokenReference");
        }
    }

    private static void refuseDuplicateIds(Element element, Set<String> ids) {
        NamedNodeMap attributes = element.getAttributes();
        for (int i = 0; i < attributes.getLength(); i++) {
            Attr attribute = (Attr) attributes.item(i);
            if (isId(attribute) && !ids.add(attribute.getValue())) {
                throw Refusal.of(IdentityRefusal.DUPLICATE_ID, element.getNodeName());
            }
        }
        for (Node child = element.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child instanceof Element nested) {
                refuseDuplicateIds(nested, ids);
            }
        }
    }

    private static boolean isId(Attr attribute) {
        String name = attribute.getLocalName();
        String namespace = attribute.getNamespaceURI();
        return "Id".equals(name) && (namespace == null || namespace.equals(Namespaces.WSU))
                || "ID".equals(name) && namespace == null
                || "id".equals(name) && "http://www.w3.org/XML/1998/namespace".equals(namespace);
    }

    private static void requireAlgorithm(Element parent, String name, Set<String> allowed) {
        requireAlgorithm(only(parent, Namespaces.SIGNATURE, name, IdentityRefusal.SIGNATURE_FORM_REFUSED), allowed);
    }

    private static void requireAlgorithm(Element element, Set<String> allowed) {
        String algorithm = element.getAttributeNS(null, "Algorithm");
        if (!allowed.contains(algorithm)) {
            throw Refusal.of(IdentityRefusal.SIGNATURE_ALGORITHM_REFUSED, "ds:" + element.getLocalName(), bounded(algorithm));
        }
    }

    private static Element only(Element parent, String namespace, String name, IdentityRefusal whenMissing) {
        List<Element> found = Dom.children(parent, namespace, name);
        if (found.size() > 1) {
            throw form(found.size() + " × " + name);
        }
        if (found.isEmpty()) {
            throw Refusal.of(whenMissing, name, name);
        }
        return found.get(0);
    }

    private static Refusal form(String what) {
        return Refusal.of(IdentityRefusal.SIGNATURE_FORM_REFUSED, "wsse:Security", bounded(what));
    }

    private static String named(Element element) {
        return bounded(element.getLocalName());
    }

    private static String bounded(String text) {
        return text.length() <= 80 ? text : text.substring(0, 80) + "…";
    }
}
