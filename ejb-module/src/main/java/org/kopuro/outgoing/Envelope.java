package org.kopuro.outgoing;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.kopuro.installation.Installation;
import org.kopuro.kernel.StrictXml;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;

/** Writes the SOAP message of a call (X-Road message protocol 4.0), and reads the one that answers it. */
final class Envelope {

    private static final String SOAP = "http://schemas.xmlsoap.org/soap/envelope/";
    private static final String XRD = "http://x-road.eu/xsd/xroad.xsd";
    private static final String ID = "http://x-road.eu/xsd/identifiers";
    private static final int CODE_MAX = 100;
    private static final int DEPTH_MAX = 100;
    /** How Security Servers tell that one of them, or the system behind it, was not reached; lower case and without underscores, as versions differ in both. */
    private static final Set<String> NOT_REACHED = Set.of("networkerror", "unknownhost", "ioerror", "httperror", "timedout");
    /** A Security Server lets every system connect, and tells in a Fault whose certificate it does not know. */
    private static final String NOT_AUTHENTICATED = "sslauthenticationfailed";

    private final Installation installation;
    private final PeerCall call;
    private final UUID id;

    Envelope(Installation installation, PeerCall call, UUID id) {
        this.installation = installation;
        this.call = call;
        this.id = id;
    }

    byte[] written() {
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        try {
            XMLStreamWriter out = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(octets, "UTF-8");
            out.writeStartDocument("UTF-8", "1.0");
            out.writeStartElement("soap", "Envelope", SOAP);
            out.writeNamespace("soap", SOAP);
            out.writeNamespace("xrd", XRD);
            out.writeNamespace("id", ID);
            out.writeStartElement("soap", "Header", SOAP);
            identifier(out, "client", "SUBSYSTEM", client());
            identifier(out, "service", "SERVICE", service());
            text(out, "xrd", "id", XRD, id.toString());
            if (call.by().account().isPresent()) {
                text(out, "xrd", "userId", XRD, call.by().account().get().toString());
            }
            if (call.issue().isPresent()) {
                text(out, "xrd", "issue", XRD, call.issue().get());
            }
            text(out, "xrd", "protocolVersion", XRD, "4.0");
            out.writeEndElement();
            out.writeStartElement("soap", "Body", SOAP);
            out.writeStartElement("p", call.element(), call.namespace());
            out.writeNamespace("p", call.namespace());
            for (Map.Entry<String, String> field : call.fields().entrySet()) {
                text(out, "p", field.getKey(), call.namespace(), field.getValue());
            }
            out.writeEndDocument();
            out.close();
            return octets.toByteArray();
        } catch (XMLStreamException e) {
            throw new IllegalStateException(e);
        }
    }

    private List<Map.Entry<String, String>> client() {
        return List.of(Map.entry("xRoadInstance", installation.instance()), Map.entry("memberClass", installation.memberClass()), Map.entry("memberCode", installation.memberCode()),
                Map.entry("subsystemCode", installation.subsystemCode()));
    }

    private List<Map.Entry<String, String>> service() {
        PeerAddress peer = call.peer();
        List<Map.Entry<String, String>> parts = new ArrayList<>(List.of(Map.entry("xRoadInstance", peer.instance()), Map.entry("memberClass", peer.memberClass()),
                Map.entry("memberCode", peer.memberCode()), Map.entry("subsystemCode", peer.subsystemCode()), Map.entry("serviceCode", peer.code())));
        peer.version().ifPresent(version -> parts.add(Map.entry("serviceVersion", version)));
        return parts;
    }

    private static void identifier(XMLStreamWriter out, String name, String type, List<Map.Entry<String, String>> parts) throws XMLStreamException {
        out.writeStartElement("xrd", name, XRD);
        out.writeAttribute("id", ID, "objectType", type);
        for (Map.Entry<String, String> part : parts) {
            text(out, "id", part.getKey(), ID, part.getValue());
        }
        out.writeEndElement();
    }

    private static void text(XMLStreamWriter out, String prefix, String name, String namespace, String value) throws XMLStreamException {
        out.writeStartElement(prefix, name, namespace);
        out.writeCharacters(value);
        out.writeEndElement();
    }

    /** The element in the Body of what came back. */
    Element read(byte[] octets) throws CallFailure {
        Element envelope = parsed(octets);
        if (!is(envelope, SOAP, "Envelope")) {
            throw unusable("no SOAP 1.1 Envelope");
        }
        Element body = children(envelope, SOAP, "Body").stream().findFirst().orElseThrow(() -> unusable("no Body"));
        List<Element> inside = elements(body);
        if (inside.size() != 1) {
            throw unusable(inside.size() + " elements in the Body");
        }
        if (is(inside.get(0), SOAP, "Fault")) {
            throw fault(inside.get(0));
        }
        Element header = children(envelope, SOAP, "Header").stream().findFirst().orElseThrow(() -> unusable("no Header"));
        // Somebody else's answer is worse than none.
        if (!values(header, "id").equals(List.of(Map.entry("id", id.toString()))) || !values(header, "client").equals(client()) || !values(header, "service").equals(service())) {
            throw unusable("the Header is not that of the question");
        }
        return inside.get(0);
    }

    private static CallFailure fault(Element fault) {
        String code = elements(fault).stream().filter(one -> one.getLocalName().equals("faultcode")).map(Element::getTextContent).findFirst().orElse("");
        String bare = code.strip().substring(code.strip().indexOf(':') + 1).replaceAll("[^A-Za-z0-9_.-]", "");
        String shown = bare.isEmpty() ? "Fault" : bare.substring(0, Math.min(bare.length(), CODE_MAX));
        String last = shown.substring(shown.lastIndexOf('.') + 1).replace("_", "").toLowerCase(Locale.ROOT);
        boolean fromAServer = shown.toLowerCase(Locale.ROOT).startsWith("server.");
        if (fromAServer && last.equals(NOT_AUTHENTICATED)) {
            return CallFailure.sent(PeerRefusal.PEER_NOT_TRUSTED, shown);
        }
        // The peer's Security Server may have handed the question over before it lost its way.
        return CallFailure.sent(fromAServer && NOT_REACHED.contains(last) ? PeerRefusal.PEER_BROKE_OFF : PeerRefusal.PEER_REFUSED, shown);
    }

    /** Of a header element its parts, or itself where it has none. */
    private static List<Map.Entry<String, String>> values(Element header, String name) {
        List<Element> found = children(header, XRD, name);
        if (found.size() != 1) {
            return List.of();
        }
        List<Element> parts = elements(found.get(0));
        return (parts.isEmpty() ? found : parts).stream().map(part -> Map.entry(part.getLocalName(), part.getTextContent().strip())).toList();
    }

    private static Element parsed(byte[] octets) throws CallFailure {
        try {
            return StrictXml.builder(DEPTH_MAX).parse(new ByteArrayInputStream(octets)).getDocumentElement();
        } catch (SAXException e) {
            throw unusable("no XML");
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static CallFailure unusable(String what) {
        return CallFailure.sent(PeerRefusal.PEER_ANSWER_UNUSABLE, what);
    }

    private static List<Element> children(Element parent, String namespace, String name) {
        return elements(parent).stream().filter(one -> is(one, namespace, name)).toList();
    }

    private static List<Element> elements(Element parent) {
        List<Element> found = new ArrayList<>();
        for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element element) {
                found.add(element);
            }
        }
        return found;
    }

    private static boolean is(Element element, String namespace, String name) {
        return namespace.equals(element.getNamespaceURI()) && name.equals(element.getLocalName());
    }
}
