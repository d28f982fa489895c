package org.kopuro.client;

import java.time.YearMonth;
import java.util.Optional;
import java.util.Set;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/**
 * What one call asks, and the message that asks it: the X-Road header with the taxpayer's token, and the service's request.
 *
 * @param service one of the tax services; others may be named too, to see how they are refused
 * @param from    first day or month, for the services that take a period
 */
public record Question(Identifier client, Identifier provider, String service, String id, String inn, Optional<String> from, Optional<String> to,
        Optional<String> token) {

    public static final String TOKEN_TYPE = "urn:kopuro:consent-token:v1";
    static final String USER_ID = "KG23002199000001";
    private static final String ISSUE = "APP-2026-000017";
    private static final String BY_DAYS = "TPpaymentDateByInn";
    private static final Set<String> BY_MONTHS = Set.of("incomeStatement", "headcount");

    /** The same with a period up to the given month wherever the service wants one and none is named. */
    public Question upTo(YearMonth last) {
        boolean days = service.equals(BY_DAYS);
        if (from.isPresent() || to.isPresent() || !days && !BY_MONTHS.contains(service)) {
            return this;
        }
        YearMonth first = last.minusMonths(11);
        return new Question(client, provider, service, id, inn, Optional.of(days ? first.atDay(1).toString() : first.toString()),
                Optional.of(days ? last.atEndOfMonth().toString() : last.toString()), token);
    }

    /** The message as it is before it is signed. */
    Document message() {
        Document document = Xml.create();
        Element envelope = Xml.append(document, Xml.SOAP, "soap:Envelope");
        Xml.declare(envelope, "soap", Xml.SOAP);
        Xml.declare(envelope, "xrd", Xml.XROAD);
        Xml.declare(envelope, "id", Xml.IDENTIFIERS);
        Element header = Xml.append(envelope, Xml.SOAP, "soap:Header");
        Element caller = Xml.append(header, Xml.XROAD, "xrd:client");
        caller.setAttributeNS(Xml.IDENTIFIERS, "id:objectType", client.subsystem().isEmpty() ? "MEMBER" : "SUBSYSTEM");
        client.appendTo(caller);
        Element called = Xml.append(header, Xml.XROAD, "xrd:service");
        called.setAttributeNS(Xml.IDENTIFIERS, "id:objectType", "SERVICE");
        provider.appendTo(called);
        Xml.append(called, Xml.IDENTIFIERS, "id:serviceCode", service);
        Xml.append(called, Xml.IDENTIFIERS, "id:serviceVersion", "v1");
        Xml.append(header, Xml.XROAD, "xrd:id", id);
        Xml.append(header, Xml.XROAD, "xrd:userId", USER_ID);
        Xml.append(header, Xml.XROAD, "xrd:issue", ISSUE);
        Xml.append(header, Xml.XROAD, "xrd:protocolVersion", "4.0");
        token.ifPresent(text -> {
            Element element = Xml.append(header, Xml.SECURITY_TOKEN, "sec:securityToken", text);
            Xml.declare(element, "sec", Xml.SECURITY_TOKEN);
            element.setAttributeNS(null, "tokenType", TOKEN_TYPE);
        });
        Element call = Xml.append(Xml.append(envelope, Xml.SOAP, "soap:Body"), Xml.TAX, "prod:" + service);
        Xml.declare(call, "prod", Xml.TAX);
        Element request = Xml.append(call, Xml.TAX, "prod:request");
        Xml.append(request, Xml.TAX, "prod:inn", inn);
        String unit = BY_MONTHS.contains(service) ? "month" : "date";
        from.ifPresent(text -> Xml.append(request, Xml.TAX, "prod:" + unit + "From", text));
        to.ifPresent(text -> Xml.append(request, Xml.TAX, "prod:" + unit + "To", text));
        return document;
    }

    /** The unsigned message for people to read and for other programs to sign. */
    public byte[] sample() {
        return Xml.write(message(), true);
    }

    /** Without the token: it is whoever's holds it. */
    @Override
    public String toString() {
        return service + " " + id;
    }
}
