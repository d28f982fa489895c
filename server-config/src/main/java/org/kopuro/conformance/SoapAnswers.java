package org.kopuro.conformance;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import org.kopuro.client.Signer;
import org.kopuro.client.Xml;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/** SOAP: Faults, refusals inside responses, signatures of WS-Security. */
final class SoapAnswers implements PlayedAnswers {

    private static final List<String> REPEATED = List.of("client", "service", "id", "userId", "issue", "protocolVersion", "securityServer");
    private static final String XML = "text/xml; charset=UTF-8";

    private final OwnKeys keys;
    private final OwnKeys stranger;
    private final Clock clock;

    SoapAnswers(OwnKeys keys, OwnKeys stranger, Clock clock) {
        this.keys = keys;
        this.stranger = stranger;
        this.clock = clock;
    }

    @Override
    public Outgoing answered(Request request) {
        return answer(signed(response(request)));
    }

    /** A business refusal: an ordinary response with a fault in it. */
    @Override
    public Outgoing refused(Request request, String code) {
        Document document = envelope(request);
        Element fault = Xml.append(payload(document, request), Xml.TAX, "prod:fault");
        tax(fault, "faultCode", code);
        tax(fault, "faultString", "Played by the conformance run");
        tax(fault, "field", "securityToken");
        explain(fault, Xml.TAX, "prod:");
        tax(fault, "occurrence", UUID.randomUUID().toString());
        return answer(signed(document));
    }

    @Override
    public Outgoing fault(Request request, String faultcode, Optional<String> code, boolean sign) {
        Document document = envelope(request);
        appendFault(body(document), faultcode, code);
        return new Outgoing(500, Map.of(Outgoing.CONTENT_TYPE, XML), sign ? signed(document) : Xml.write(document, false));
    }

    @Override
    public Outgoing unreadable() {
        Document document = Xml.create();
        Element envelope = Xml.append(document, Xml.SOAP, "soap:Envelope");
        Xml.declare(envelope, "soap", Xml.SOAP);
        appendFault(Xml.append(envelope, Xml.SOAP, "soap:Body"), "Client.InvalidXml", Optional.of("INVALID_XML"));
        return new Outgoing(500, Map.of(Outgoing.CONTENT_TYPE, XML), Xml.write(document, false));
    }

    @Override
    public Map<String, Function<Request, Outgoing>> forged() {
        Map<String, Function<Request, Outgoing>> forged = new LinkedHashMap<>();
        forged.put("an unsigned answer", request -> answer(Xml.write(response(request), false)));
        forged.put("an answer of another key", request -> answer(signed(response(request), stranger, clock)));
        // The right certificate is sent along; the signature is another key's.
        forged.put("an answer of another key under the right certificate", request -> answer(signed(response(request), new OwnKeys(stranger.key(), keys.certificate()), clock)));
        forged.put("an answer changed after it was signed", request -> afterwards(request, document -> inn(document).setTextContent(Scene.OTHER_INN)));
        forged.put("an answer with another Body than the signed one", this::withAnotherBody);
        forged.put("an answer of an hour ago", request -> answer(signed(response(request), keys, Clock.offset(clock, Duration.ofHours(-1)))));
        return forged;
    }

    @Override
    public Map<String, Function<Request, Outgoing>> toOthers() {
        Map<String, Function<Request, Outgoing>> others = new LinkedHashMap<>();
        List.of("id", "service", "client").forEach(part -> others.put("an answer with another " + part, request -> toAnother(request, part)));
        return others;
    }

    @Override
    public Map<String, Function<Request, Outgoing>> unreadable(String elsewhere) {
        Map<String, Function<Request, Outgoing>> none = new LinkedHashMap<>();
        none.put("an empty answer", request -> answer(new byte[0]));
        none.put("a web page", request -> new Outgoing(200, Map.of(Outgoing.CONTENT_TYPE, "text/html"), "<html><body>Welcome</body></html>".getBytes(StandardCharsets.UTF_8)));
        none.put("half an answer", this::half);
        none.put("an answer with a document type", request -> withDocumentType(request, elsewhere));
        return none;
    }

    private static Outgoing answer(byte[] octets) {
        return new Outgoing(200, Map.of(Outgoing.CONTENT_TYPE, XML), octets);
    }

    /** The signed Body is kept aside, whole and with its Id; another one stands where Bodies are read. */
    private Outgoing withAnotherBody(Request request) {
        return afterwards(request, document -> {
            Element body = body(document);
            Element aside = Xml.append(Xml.child(document.getDocumentElement(), Xml.SOAP, "Header").orElseThrow(), "urn:aside", "aside");
            aside.appendChild(body.cloneNode(true));
            body.setAttributeNS(Xml.WSU, "wsu:Id", "another");
            inn(document).setTextContent(Scene.OTHER_INN);
        });
    }

    /** Signed as it stands, and about another call than the one that was asked. */
    private Outgoing toAnother(Request request, String part) {
        Document document = response(request);
        Element header = Xml.child(document.getDocumentElement(), Xml.SOAP, "Header").orElseThrow();
        Element element = Xml.child(header, Xml.XROAD, part).orElseThrow();
        switch (part) {
            case "id" -> element.setTextContent(UUID.randomUUID().toString());
            case "service" -> Xml.child(element, Xml.IDENTIFIERS, "serviceCode").orElseThrow().setTextContent("anotherService");
            case "client" -> Xml.child(element, Xml.IDENTIFIERS, "memberCode").orElseThrow().setTextContent("99999999");
            default -> throw new IllegalArgumentException(part);
        }
        return answer(signed(document));
    }

    private Outgoing half(Request request) {
        byte[] whole = answered(request).body();
        return answer(Arrays.copyOf(whole, whole.length / 2));
    }

    /** A document type with an entity at the given address, which a careless parser fetches. */
    private Outgoing withDocumentType(Request request, String address) {
        String text = new String(answered(request).body(), StandardCharsets.UTF_8).replaceFirst("^<\\?xml[^>]*\\?>", "");
        String type = "<?xml version=\"1.0\" encoding=\"UTF-8\"?><!DOCTYPE soap:Envelope SYSTEM \"" + address + "/dtd\" [<!ENTITY far SYSTEM \"" + address + "/entity\">]>";
        return answer((type + text).getBytes(StandardCharsets.UTF_8));
    }

    private Outgoing afterwards(Request request, Consumer<Document> change) {
        Document document = response(request);
        sign(document, keys, clock);
        change.accept(document);
        return answer(Xml.write(document, false));
    }

    private Document response(Request request) {
        Document document = envelope(request);
        Element response = Xml.append(payload(document, request), Xml.TAX, "prod:response");
        write(response, InventedContent.of(request.service(), request.inn(), clock));
        return document;
    }

    /** By the same names; what is an array there is repeated here. */
    private static void write(Element parent, JsonObject content) {
        content.forEach((name, value) -> {
            if (value instanceof JsonArray rows) {
                rows.getValuesAs(JsonObject.class).forEach(row -> write(Xml.append(parent, Xml.TAX, "prod:" + name), row));
            } else {
                tax(parent, name, value instanceof JsonString text ? text.getString() : value.toString());
            }
        });
    }

    private static Document envelope(Request request) {
        Document document = Xml.create();
        Element envelope = Xml.append(document, Xml.SOAP, "soap:Envelope");
        Xml.declare(envelope, "soap", Xml.SOAP);
        Xml.declare(envelope, "xrd", Xml.XROAD);
        Xml.declare(envelope, "id", Xml.IDENTIFIERS);
        Element header = Xml.append(envelope, Xml.SOAP, "soap:Header");
        for (Element asked : Xml.children(((SoapRequest) request).header())) {
            if (Xml.XROAD.equals(asked.getNamespaceURI()) && REPEATED.contains(asked.getLocalName())) {
                repeat(header, asked);
            }
        }
        Xml.append(envelope, Xml.SOAP, "soap:Body");
        return document;
    }

    /** By value: prefixes and Ids of the request mean nothing here. */
    private static void repeat(Element parent, Element asked) {
        boolean xroad = Xml.XROAD.equals(asked.getNamespaceURI());
        Element element = Xml.append(parent, asked.getNamespaceURI(), (xroad ? "xrd:" : "id:") + asked.getLocalName());
        String type = asked.getAttributeNS(Xml.IDENTIFIERS, "objectType");
        if (!type.isEmpty()) {
            element.setAttributeNS(Xml.IDENTIFIERS, "id:objectType", type);
        }
        List<Element> parts = Xml.children(asked);
        if (parts.isEmpty()) {
            element.setTextContent(asked.getTextContent());
        }
        parts.stream().filter(part -> Xml.IDENTIFIERS.equals(part.getNamespaceURI())).forEach(part -> repeat(element, part));
    }

    private static Element payload(Document document, Request request) {
        // A name of the product's: anything else than letters and digits would make no element.
        String service = request.service().matches("[A-Za-z][A-Za-z0-9]{0,63}") ? request.service() : "unknown";
        Element payload = Xml.append(body(document), Xml.TAX, "prod:" + service + "Response");
        Xml.declare(payload, "prod", Xml.TAX);
        return payload;
    }

    private static void appendFault(Element body, String faultcode, Optional<String> code) {
        Element fault = Xml.append(body, Xml.SOAP, "soap:Fault");
        Xml.append(fault, null, "faultcode", faultcode);
        Xml.append(fault, null, "faultstring", "Played by the conformance run");
        Element detail = Xml.append(fault, null, "detail");
        Xml.append(detail, null, "faultDetail", UUID.randomUUID().toString());
        code.ifPresent(text -> {
            Element refusal = Xml.append(detail, Xml.REFUSAL, "k:refusal");
            Xml.declare(refusal, "k", Xml.REFUSAL);
            Xml.append(refusal, Xml.REFUSAL, "k:code", text);
            explain(refusal, Xml.REFUSAL, "k:");
        });
    }

    private static void explain(Element refusal, String namespace, String prefix) {
        for (String language : List.of("ky", "ru", "en")) {
            Element explanation = Xml.append(refusal, namespace, prefix + "explanation");
            explanation.setAttributeNS(null, "language", language);
            Xml.append(explanation, namespace, prefix + "sentence", "–");
            Xml.append(explanation, namespace, prefix + "whatToDo", "–");
        }
    }

    private static Element body(Document document) {
        return Xml.child(document.getDocumentElement(), Xml.SOAP, "Body").orElseThrow();
    }

    private static Element inn(Document document) {
        Function<Node, Element> first = node -> Xml.children((Element) node).get(0);
        return first.andThen(first).andThen(first).apply(body(document));
    }

    private static void tax(Element parent, String name, String text) {
        Xml.append(parent, Xml.TAX, "prod:" + name, text);
    }

    private byte[] signed(Document document) {
        return signed(document, keys, clock);
    }

    private static byte[] signed(Document document, OwnKeys by, Clock when) {
        sign(document, by, when);
        return Xml.write(document, false);
    }

    private static void sign(Document document, OwnKeys by, Clock when) {
        try {
            new Signer(by.key(), by.certificate(), when).sign(document, List.of());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
