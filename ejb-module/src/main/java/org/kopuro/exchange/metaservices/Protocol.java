package org.kopuro.exchange.metaservices;

/** How a service is called. */
public enum Protocol {
    SOAP, REST
}
