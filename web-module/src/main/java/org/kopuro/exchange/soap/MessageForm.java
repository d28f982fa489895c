package org.kopuro.exchange.soap;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.kopuro.exchange.RepresentedParty;
import org.kopuro.exchange.ServiceAddress;
import org.kopuro.exchange.XRoadClient;
import org.kopuro.kernel.Refusal;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/**
 * Checks the form of a SOAP message as an X-Road Security Server does and in its order: while reading, in document order,
 * duplicates, object types, the protocol version's value, a second child of the Body; at the end what is missing.
 *
 * <p>An instance reads one message. What it has understood of the sender before refusing is in {@link #claimedClient()}, so
 * that even the refusal can be in the sender's language and spelling.
 */
final class MessageForm {

    /** Longest header value, as in X-Road's operational monitoring. */
    private static final int FIELD_LENGTH_MAX = 255;
    private static final Set<String> KNOWN_PARTS = Set.of("xRoadInstance", "memberClass", "memberCode", "subsystemCode", "serviceCode",
            "serviceVersion", "serverCode", "groupCode");
    private static final Set<String> PARTY_PARTS = Set.of("partyClass", "partyCode");
    private static final Set<String> OBJECT_TYPES = Set.of("MEMBER", "SUBSYSTEM", "SERVER", "GLOBALGROUP", "LOCALGROUP", "SERVICE");

    private final Map<String, Element> seen = new HashMap<>();
    private final List<XRoadHeader.Field> fields = new ArrayList<>();
    private final Map<String, Map<String, String>> identifiers = new HashMap<>();
    private Optional<XRoadClient> claimedClient = Optional.empty();
    private Optional<RepresentedParty> representedParty = Optional.empty();
    private Optional<String> claimedId = Optional.empty();

    Optional<XRoadClient> claimedClient() {
        return claimedClient;
    }

    Optional<String> claimedId() {
        return claimedId;
    }

    XRoadMessage read(Document document) {
        Element envelope = document.getDocumentElement();
        if (!Dom.is(envelope, Namespaces.SOAP, "Envelope")) {
            throw Refusal.of(MessageRefusal.INVALID_SOAP, "soap:Envelope");
        }
        Element header = null;
        Element body = null;
        for (Element part : Dom.children(envelope)) {
            if (Dom.is(part, Namespaces.SOAP, "Header") && header == null && body == null) {
                header = part;
                readHeader(header);
            } else if (Dom.is(part, Namespaces.SOAP, "Body") && body == null) {
                body = part;
                readBody(body);
            } else {
                throw Refusal.of(MessageRefusal.INVALID_SOAP, part.getNodeName());
            }
        }
        requireFields(header);
        ServiceAddress service = service();
        if (body == null) {
            throw Refusal.of(MessageRefusal.MISSING_BODY, "soap:Body");
        }
        List<Element> children = Dom.children(body);
        if (children.isEmpty()) {
            throw Refusal.of(MessageRefusal.INVALID_BODY, "soap:Body");
        }
        Element payload = children.get(0);
        if (!payload.getLocalName().startsWith(service.code())) {
            throw Refusal.of(MessageRefusal.INCONSISTENT_HEADERS, "xrd:service");
        }
        return new XRoadMessage(document, header, header(service), body, payload);
    }

    private void readHeader(Element header) {
        for (Element element : Dom.children(header)) {
            String name = fieldName(element);
            if (name == null) {
                if (mustBeUnderstood(element)) {
                    throw Refusal.of(MessageRefusal.MUST_UNDERSTAND, element.getLocalName());
                }
                continue;
            }
            if (seen.putIfAbsent(name, element) != null) {
                throw Refusal.of(MessageRefusal.DUPLICATE_HEADER_FIELD, name);
            }
            switch (name) {
                case "xrd:client" -> readIdentifier(element, name, Set.of("MEMBER", "SUBSYSTEM"));
                case "xrd:service" -> readIdentifier(element, name, Set.of("SERVICE"));
                case "xrd:securityServer" -> readIdentifier(element, name, Set.of("SERVER"));
                case "repr:representedParty" -> readRepresentedParty(element, name);
                case "xrd:protocolVersion" -> {
                    readText(element, name);
                    if (!element.getTextContent().strip().startsWith("4.")) {
                        throw Refusal.of(MessageRefusal.INVALID_PROTOCOL_VERSION, name);
                    }
                }
                case "xrd:id" -> {
                    readText(element, name);
                    claimedId = Optional.of(element.getTextContent());
                }
                // Neither is repeated in the answer: the token is the caller's secret, the hash is the Security Server's.
                case "sec:securityToken", "xrd:requestHash" -> bounded(element.getTextContent(), name);
                default -> readText(element, name);
            }
        }
    }

    private static String fieldName(Element element) {
        String namespace = element.getNamespaceURI();
        if (Namespaces.XROAD.equals(namespace)) {
            return switch (element.getLocalName()) {
                case "client", "service", "securityServer", "id", "userId", "issue", "protocolVersion", "requestHash" -> "xrd:" + element.getLocalName();
                default -> null;
            };
        }
        if (Namespaces.REPRESENTATION.equals(namespace) && "representedParty".equals(element.getLocalName())) {
            return "repr:representedParty";
        }
        return Namespaces.SECURITY_TOKEN.equals(namespace) && "securityToken".equals(element.getLocalName()) ? "sec:securityToken" : null;
    }

    /** SOAP 1.1: a header that must be understood and is not may not be passed over in silence. */
    private static boolean mustBeUnderstood(Element element) {
        String flag = element.getAttributeNS(Namespaces.SOAP, "mustUnderstand").strip();
        return (flag.equals("1") || flag.equals("true")) && !Dom.is(element, Namespaces.WSSE, "Security");
    }

    private void readText(Element element, String name) {
        String text = element.getTextContent();
        bounded(text, name);
        fields.add(new XRoadHeader.Field(element.getNamespaceURI(), element.getLocalName(), Optional.empty(), Optional.of(text), List.of()));
    }

    private void readIdentifier(Element element, String name, Set<String> allowedTypes) {
        String type = element.getAttributeNS(Namespaces.IDENTIFIERS, "objectType").strip();
        Map<String, String> parts = readParts(element, name, Optional.of(type));
        if (!OBJECT_TYPES.contains(type) || !allowedTypes.contains(type)) {
            throw Refusal.of(MessageRefusal.INVALID_XML, name + "/@id:objectType");
        }
        identifiers.put(name, parts);
        if (name.equals("xrd:client")) {
            readClient(type, parts);
        }
    }

    private Map<String, String> readParts(Element element, String name, Optional<String> objectType) {
        Map<String, String> parts = new HashMap<>();
        List<XRoadHeader.Part> copies = new ArrayList<>();
        for (Element part : Dom.children(element)) {
            String text = part.getTextContent();
            bounded(text, name + "/" + part.getLocalName());
            boolean identifierPart = Namespaces.IDENTIFIERS.equals(part.getNamespaceURI()) && KNOWN_PARTS.contains(part.getLocalName());
            if (identifierPart && parts.putIfAbsent(part.getLocalName(), text.strip()) != null) {
                throw Refusal.of(MessageRefusal.DUPLICATE_HEADER_FIELD, name + "/" + part.getLocalName());
            }
            if (identifierPart) {
                copies.add(new XRoadHeader.Part(part.getNamespaceURI(), part.getLocalName(), text));
            }
        }
        fields.add(new XRoadHeader.Field(element.getNamespaceURI(), element.getLocalName(), objectType, Optional.empty(), copies));
        return parts;
    }

    /** Other than the rest of the header it has two parts and no others: what is recorded shall be all that was said. */
    private void readRepresentedParty(Element element, String name) {
        Map<String, String> parts = new HashMap<>();
        List<XRoadHeader.Part> copies = new ArrayList<>();
        for (Element part : Dom.children(element)) {
            String path = name + "/" + part.getLocalName();
            bounded(part.getTextContent(), path);
            if (!Namespaces.REPRESENTATION.equals(part.getNamespaceURI()) || !PARTY_PARTS.contains(part.getLocalName()) || !Dom.children(part).isEmpty()) {
                throw Refusal.of(MessageRefusal.INVALID_XML, path);
            }
            if (parts.putIfAbsent(part.getLocalName(), part.getTextContent().strip()) != null) {
                throw Refusal.of(MessageRefusal.DUPLICATE_HEADER_FIELD, path);
            }
            copies.add(new XRoadHeader.Part(part.getNamespaceURI(), part.getLocalName(), part.getTextContent()));
        }
        if (parts.getOrDefault("partyCode", "").isEmpty()) {
            throw Refusal.of(MessageRefusal.MISSING_HEADER_FIELD, name + "/partyCode");
        }
        fields.add(new XRoadHeader.Field(element.getNamespaceURI(), element.getLocalName(), Optional.empty(), Optional.empty(), copies));
        representedParty = Optional.of(new RepresentedParty(Optional.ofNullable(parts.get("partyClass")).filter(text -> !text.isEmpty()), parts.get("partyCode")));
    }

    private void readClient(String type, Map<String, String> parts) {
        String subsystem = parts.getOrDefault("subsystemCode", "");
        if (type.equals("MEMBER") && !subsystem.isEmpty()) {
            throw Refusal.of(MessageRefusal.INVALID_XML, "xrd:client/@id:objectType");
        }
        claimedClient = Optional.of(new XRoadClient(parts.getOrDefault("xRoadInstance", ""), parts.getOrDefault("memberClass", ""),
                parts.getOrDefault("memberCode", ""), subsystem));
    }

    private static void readBody(Element body) {
        List<Element> children = Dom.children(body);
        if (children.size() > 1) {
            throw Refusal.of(MessageRefusal.INVALID_BODY, "soap:Body");
        }
        if (children.size() == 1 && Dom.is(children.get(0), Namespaces.SOAP, "Fault")) {
            String code = Dom.children(children.get(0)).stream().filter(child -> "faultcode".equals(child.getLocalName()))
                    .map(child -> child.getTextContent().strip()).findFirst().orElse("");
            // The sender's code is repeated in ours; only what a fault code may look like is.
            String local = code.substring(code.indexOf(':') + 1);
            throw Refusal.of(MessageRefusal.FAULT_AS_REQUEST, "soap:Body", local.matches("[A-Za-z0-9_.]{1,100}") ? local : "Fault");
        }
    }

    private void requireFields(Element header) {
        if (header == null) {
            throw Refusal.of(MessageRefusal.MISSING_HEADER, "soap:Header");
        }
        for (String name : List.of("xrd:protocolVersion", "xrd:client", "xrd:id", "xrd:service")) {
            if (!seen.containsKey(name)) {
                throw Refusal.of(MessageRefusal.MISSING_HEADER_FIELD, name);
            }
        }
        requireParts("xrd:client", "xRoadInstance", "memberClass", "memberCode");
        if (seen.get("xrd:client").getAttributeNS(Namespaces.IDENTIFIERS, "objectType").strip().equals("SUBSYSTEM")) {
            requireParts("xrd:client", "subsystemCode");
        }
        requireParts("xrd:service", "xRoadInstance", "memberClass", "memberCode", "serviceCode");
    }

    private void requireParts(String name, String... required) {
        for (String part : required) {
            if (identifiers.get(name).getOrDefault(part, "").isEmpty()) {
                throw Refusal.of(MessageRefusal.MISSING_HEADER_FIELD, name + "/id:" + part);
            }
        }
    }

    private ServiceAddress service() {
        Map<String, String> parts = identifiers.get("xrd:service");
        return new ServiceAddress(parts.get("xRoadInstance"), parts.get("memberClass"), parts.get("memberCode"),
                Optional.ofNullable(parts.get("subsystemCode")).filter(text -> !text.isEmpty()), parts.get("serviceCode"),
                Optional.ofNullable(parts.get("serviceVersion")).filter(text -> !text.isEmpty()));
    }

    private XRoadHeader header(ServiceAddress service) {
        List<Element> signed = new ArrayList<>();
        for (String name : List.of("xrd:client", "xrd:service", "xrd:id", "xrd:protocolVersion", "xrd:userId", "xrd:issue", "sec:securityToken")) {
            if (seen.containsKey(name)) {
                signed.add(seen.get(name));
            }
        }
        Element token = seen.get("sec:securityToken");
        return new XRoadHeader(claimedClient.orElseThrow(), service, seen.get("xrd:id").getTextContent(), text("xrd:userId"), text("xrd:issue"), representedParty,
                Optional.ofNullable(token).map(Element::getTextContent).filter(text -> !text.isBlank()),
                Optional.ofNullable(token).filter(element -> element.hasAttributeNS(null, "tokenType")).map(element -> element.getAttributeNS(null, "tokenType")),
                signed, List.copyOf(fields));
    }

    private Optional<String> text(String name) {
        return Optional.ofNullable(seen.get(name)).map(element -> element.getTextContent().strip()).filter(text -> !text.isEmpty());
    }

    private static void bounded(String text, String name) {
        if (text.length() > FIELD_LENGTH_MAX) {
            throw Refusal.of(MessageRefusal.HEADER_FIELD_TOO_LONG, name, FIELD_LENGTH_MAX);
        }
    }
}
