package org.kopuro.client;

import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/**
 * A response in which Body and time-stamp are signed with the server's certificate and nothing else.
 *
 * @param payload the one element in the Body: a response or a SOAP Fault
 * @param signed  false only for a SOAP Fault: a stranger gets no signature, and a forged Fault does no more harm than silence
 */
public record Answer(Element payload, boolean signed) {

    public static Answer verified(byte[] octets, Document asked, X509Certificate server, Clock clock) throws NotVerifiable {
        Document document = Xml.read(octets);
        Element envelope = document.getDocumentElement();
        Element body = SignedParts.only(envelope, Xml.SOAP, "Body");
        List<Element> children = Xml.children(body);
        if (!Xml.is(envelope, Xml.SOAP, "Envelope") || children.size() != 1) {
            throw new NotVerifiable("it is not a SOAP 1.1 message with one element in its Body");
        }
        boolean fault = Xml.is(children.get(0), Xml.SOAP, "Fault");
        if (fault && Xml.child(envelope, Xml.SOAP, "Header").flatMap(header -> Xml.child(header, Xml.WSSE, "Security")).isEmpty()) {
            return new Answer(children.get(0), false);
        }
        Element header = SignedParts.only(envelope, Xml.SOAP, "Header");
        SignedParts.require(SignedParts.only(header, Xml.WSSE, "Security"), List.of(body), server, clock);
        Element askedHeader = Xml.child(asked.getDocumentElement(), Xml.SOAP, "Header").orElseThrow();
        for (String name : List.of("client", "service", "id")) {
            if (!text(SignedParts.only(header, Xml.XROAD, name)).equals(text(SignedParts.only(askedHeader, Xml.XROAD, name)))) {
                throw new NotVerifiable("its header names another " + name + ": it answers another call");
            }
        }
        return new Answer(children.get(0), true);
    }

    /** The code of the refusal that this is: of a business refusal, else the one in a Fault's detail, else the Fault's own. */
    public Optional<String> refusal() {
        if (!Xml.is(payload, Xml.SOAP, "Fault")) {
            return Xml.child(payload, Xml.TAX, "fault").flatMap(fault -> Xml.child(fault, Xml.TAX, "faultCode")).map(Element::getTextContent);
        }
        return Xml.child(payload, "", "detail").flatMap(detail -> Xml.child(detail, Xml.REFUSAL, "refusal")).flatMap(refusal -> Xml.child(refusal, Xml.REFUSAL, "code"))
                .or(() -> Xml.child(payload, "", "faultcode")).map(Element::getTextContent).or(() -> Optional.of(""));
    }

    private static String text(Element element) {
        List<Element> parts = Xml.children(element);
        StringBuilder text = new StringBuilder();
        parts.forEach(part -> text.append(part.getLocalName()).append('=').append(part.getTextContent()).append('\n'));
        return parts.isEmpty() ? element.getTextContent() : text.toString();
    }
}
