package org.kopuro.conformance;

import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.kopuro.client.Identifier;
import org.kopuro.client.NotVerifiable;
import org.kopuro.client.Question;
import org.kopuro.client.SignedParts;
import org.kopuro.client.Xml;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/**
 * By SOAP.
 *
 * @param digests of the signed parts
 */
record SoapRequest(Document document, String id, String service, String inn, Optional<String> token, Optional<String> digests) implements Request {

    private static final int TEXT_MAX = 255;
    private static final Set<String> TO_BE_SIGNED = Set.of("client", "service", "id", "protocolVersion", "userId", "issue", "securityToken");

    static SoapRequest read(byte[] octets) throws NotVerifiable {
        Document document = Xml.read(octets);
        Element envelope = document.getDocumentElement();
        Optional<Element> header = Xml.child(envelope, Xml.SOAP, "Header");
        Optional<Element> payload = Xml.child(envelope, Xml.SOAP, "Body").flatMap(body -> Xml.children(body).stream().findFirst());
        if (!Xml.is(envelope, Xml.SOAP, "Envelope") || header.isEmpty() || payload.isEmpty()) {
            throw new NotVerifiable("it is not a SOAP 1.1 message with a Header and an element in its Body");
        }
        String service = Xml.child(header.get(), Xml.XROAD, "service").map(element -> part(element, "serviceCode")).orElse("");
        String inn = Xml.child(payload.get(), Xml.TAX, "request").flatMap(request -> Xml.child(request, Xml.TAX, "inn")).map(Element::getTextContent).orElse("");
        return new SoapRequest(document, text(header.get(), Xml.XROAD, "id"), service, inn,
                Xml.child(header.get(), Xml.SECURITY_TOKEN, "securityToken").map(Element::getTextContent).filter(text -> !text.isBlank()), Optional.of(digests(header.get())));
    }

    @Override
    public List<String> flaws(Identifier client, X509Certificate certificate, Clock clock) {
        List<String> flaws = new ArrayList<>();
        Element envelope = document.getDocumentElement();
        Element header = header();
        Element caller = Xml.child(header, Xml.XROAD, "client").orElse(null);
        if (caller == null || !new Identifier(part(caller, "xRoadInstance"), part(caller, "memberClass"), part(caller, "memberCode"), part(caller, "subsystemCode")).equals(client)) {
            flaws.add("its client is not " + client);
        }
        if (service.isEmpty()) {
            flaws.add("its header names no service");
        }
        if (id.isEmpty() || id.length() > TEXT_MAX) {
            flaws.add("its xrd:id is not of 1 to " + TEXT_MAX + " characters");
        }
        if (!text(header, Xml.XROAD, "protocolVersion").startsWith("4.")) {
            flaws.add("its protocolVersion is not 4.x");
        }
        Optional<Element> token = Xml.child(header, Xml.SECURITY_TOKEN, "securityToken");
        if (token.isPresent() && !token.get().getAttribute("tokenType").equals(Question.TOKEN_TYPE)) {
            flaws.add("its token has not the tokenType " + Question.TOKEN_TYPE);
        }
        try {
            List<Element> parts = new ArrayList<>(Xml.children(header).stream().filter(element -> TO_BE_SIGNED.contains(element.getLocalName())).toList());
            parts.add(Xml.child(envelope, Xml.SOAP, "Body").orElseThrow());
            SignedParts.require(Xml.child(header, Xml.WSSE, "Security").orElseThrow(() -> new NotVerifiable("it is not signed")), parts, certificate, clock);
        } catch (NotVerifiable e) {
            flaws.add(e.getMessage());
        }
        return flaws;
    }

    Element header() {
        return Xml.child(document.getDocumentElement(), Xml.SOAP, "Header").orElseThrow();
    }

    private static String digests(Element header) {
        StringBuilder digests = new StringBuilder();
        Xml.child(header, Xml.WSSE, "Security").flatMap(security -> Xml.child(security, Xml.SIGNATURE, "Signature"))
                .flatMap(signature -> Xml.child(signature, Xml.SIGNATURE, "SignedInfo")).ifPresent(info -> Xml.children(info).stream()
                        .filter(element -> element.getLocalName().equals("Reference")).flatMap(reference -> Xml.child(reference, Xml.SIGNATURE, "DigestValue").stream())
                        .forEach(digest -> digests.append(digest.getTextContent().replaceAll("\\s", "")).append(' ')));
        return digests.toString();
    }

    private static String text(Element parent, String namespace, String name) {
        return Xml.child(parent, namespace, name).map(Element::getTextContent).orElse("");
    }

    private static String part(Element identifier, String name) {
        return text(identifier, Xml.IDENTIFIERS, name);
    }

    /** Without the token. */
    @Override
    public String toString() {
        return service + " " + id;
    }
}
