package org.kopuro.exchange.soap;

/** Namespaces of an X-Road message; prefixes are free, only these count. */
final class Namespaces {

    static final String SOAP = "http://schemas.xmlsoap.org/soap/envelope/";
    static final String XROAD = "http://x-road.eu/xsd/xroad.xsd";
    static final String IDENTIFIERS = "http://x-road.eu/xsd/identifiers";
    static final String REPRESENTATION = "http://x-road.eu/xsd/representation.xsd";
    static final String OPERATIONAL_MONITORING = "http://x-road.eu/xsd/op-monitoring.xsd";
    static final String SECURITY_TOKEN = "http://x-road.eu/xsd/security-token.xsd";
    static final String WSSE = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd";
    static final String WSU = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd";
    static final String SIGNATURE = "http://www.w3.org/2000/09/xmldsig#";
    static final String XOP = "http://www.w3.org/2004/08/xop/include";
    static final String REFUSAL = "urn:kopuro:refusal:v1";

    private Namespaces() {
    }
}
