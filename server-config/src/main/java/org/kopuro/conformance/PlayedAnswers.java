package org.kopuro.conformance;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import org.kopuro.client.Signer;
import org.kopuro.client.Xml;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/** Answers as TEST gives them, of invented content, signed with the harness's key; and such as TEST never gives. */
final class PlayedAnswers {

    private static final List<String> REPEATED = List.of("client", "service", "id", "userId", "issue", "protocolVersion", "securityServer");
    private static final String CURRENCY = "KGS";

    private final OwnKeys keys;
    private final OwnKeys stranger;
    private final Clock clock;

    PlayedAnswers(OwnKeys keys, OwnKeys stranger, Clock clock) {
        this.keys = keys;
        this.stranger = stranger;
        this.clock = clock;
    }

    byte[] answered(Request request) {
        return signed(response(request));
    }

    /** A business refusal: an ordinary response with a fault in it. */
    byte[] refused(Request request, String code) {
        Document document = envelope(request);
        Element fault = Xml.append(payload(document, request), Xml.TAX, "prod:fault");
        tax(fault, "faultCode", code);
        tax(fault, "faultString", "Played by the conformance run");
        tax(fault, "field", "securityToken");
        explain(fault, Xml.TAX, "prod:");
        tax(fault, "occurrence", UUID.randomUUID().toString());
        return signed(document);
    }

    /** @param code in the detail; empty for a failure of the server */
    byte[] fault(Request request, String faultcode, Optional<String> code, boolean sign) {
        Document document = envelope(request);
        appendFault(body(document), faultcode, code);
        return sign ? signed(document) : Xml.write(document, false);
    }

    /** To a request of which nothing could be read. */
    static byte[] unreadable() {
        Document document = Xml.create();
        Element envelope = Xml.append(document, Xml.SOAP, "soap:Envelope");
        Xml.declare(envelope, "soap", Xml.SOAP);
        appendFault(Xml.append(envelope, Xml.SOAP, "soap:Body"), "Client.InvalidXml", Optional.of("INVALID_XML"));
        return Xml.write(document, false);
    }

    byte[] unsigned(Request request) {
        return Xml.write(response(request), false);
    }

    byte[] ofAnotherKey(Request request) {
        return signed(response(request), stranger, clock);
    }

    /** The right certificate is sent along; the signature is another key's. */
    byte[] ofAnotherKeyUnderTheRightCertificate(Request request) {
        return signed(response(request), new OwnKeys(stranger.key(), keys.certificate()), clock);
    }

    byte[] ofAnHourAgo(Request request) {
        return signed(response(request), keys, Clock.offset(clock, Duration.ofHours(-1)));
    }

    byte[] changedAfterwards(Request request) {
        return afterwards(request, document -> inn(document).setTextContent("23002199000099"));
    }

    /** The signed Body is kept aside, whole and with its Id; another one stands where Bodies are read. */
    byte[] withAnotherBody(Request request) {
        return afterwards(request, document -> {
            Element body = body(document);
            Element aside = Xml.append(Xml.child(document.getDocumentElement(), Xml.SOAP, "Header").orElseThrow(), "urn:aside", "aside");
            aside.appendChild(body.cloneNode(true));
            body.setAttributeNS(Xml.WSU, "wsu:Id", "another");
            inn(document).setTextContent("23002199000099");
        });
    }

    /** Signed as it stands, and about another call than the one that was asked. */
    byte[] toAnother(Request request, String part) {
        Document document = response(request);
        Element header = Xml.child(document.getDocumentElement(), Xml.SOAP, "Header").orElseThrow();
        Element element = Xml.child(header, Xml.XROAD, part).orElseThrow();
        switch (part) {
            case "id" -> element.setTextContent(UUID.randomUUID().toString());
            case "service" -> Xml.child(element, Xml.IDENTIFIERS, "serviceCode").orElseThrow().setTextContent("anotherService");
            case "client" -> Xml.child(element, Xml.IDENTIFIERS, "memberCode").orElseThrow().setTextContent("99999999");
            default -> throw new IllegalArgumentException(part);
        }
        return signed(document);
    }

    byte[] half(Request request) {
        byte[] whole = answered(request);
        return Arrays.copyOf(whole, whole.length / 2);
    }

    /** A document type with an entity at the given address, which a careless parser fetches. */
    byte[] withDocumentType(Request request, String address) {
        String text = new String(answered(request), StandardCharsets.UTF_8).replaceFirst("^<\\?xml[^>]*\\?>", "");
        String type = "<?xml version=\"1.0\" encoding=\"UTF-8\"?><!DOCTYPE soap:Envelope SYSTEM \"" + address + "/dtd\" [<!ENTITY far SYSTEM \"" + address + "/entity\">]>";
        return (type + text).getBytes(StandardCharsets.UTF_8);
    }

    private byte[] afterwards(Request request, Consumer<Document> change) {
        Document document = response(request);
        sign(document, keys, clock);
        change.accept(document);
        return Xml.write(document, false);
    }

    private Document response(Request request) {
        Document document = envelope(request);
        Element response = Xml.append(payload(document, request), Xml.TAX, "prod:response");
        tax(response, "inn", request.inn());
        YearMonth month = YearMonth.now(clock).minusMonths(1);
        LocalDate day = month.atDay(1);
        switch (request.service()) {
            case "tpDataByINN" -> {
                tax(response, "kind", "ENTREPRENEUR");
                tax(response, "FullName", "Ойдон Чыгарылган");
                tax(response, "RayonCode", "001");
                tax(response, "registeredOn", "2020-01-01");
            }
            case "taxpayerDataByInn" -> {
                tax(response, "hasDebt", "false");
                tax(response, "asOf", day.toString());
            }
            case "TPpaymentDateByInn" -> {
                tax(response, "dateFrom", day.toString());
                tax(response, "dateTo", month.atEndOfMonth().toString());
                tax(response, "currency", CURRENCY);
            }
            case "incomeStatement" -> {
                tax(response, "currency", CURRENCY);
                Element income = Xml.append(response, Xml.TAX, "prod:month");
                tax(income, "yearMonth", month.toString());
                tax(income, "amount", "10000.00");
            }
            case "headcount" -> {
                Element persons = Xml.append(response, Xml.TAX, "prod:month");
                tax(persons, "yearMonth", month.toString());
                tax(persons, "insuredPersons", "5");
            }
            default -> {
                tax(response, "RayonCode", "001");
                tax(response, "FullName", "Ойдон Чыгарылган");
            }
        }
        return document;
    }

    private static Document envelope(Request request) {
        Document document = Xml.create();
        Element envelope = Xml.append(document, Xml.SOAP, "soap:Envelope");
        Xml.declare(envelope, "soap", Xml.SOAP);
        Xml.declare(envelope, "xrd", Xml.XROAD);
        Xml.declare(envelope, "id", Xml.IDENTIFIERS);
        Element header = Xml.append(envelope, Xml.SOAP, "soap:Header");
        for (Element asked : Xml.children(request.header())) {
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
