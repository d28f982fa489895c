package org.kopuro.access.conformance;

/** How a product calls; a run shows one of them, in each of its scenarios. */
public enum MessageProtocol {
    SOAP,
    /** X-Road's REST. */
    REST
}
