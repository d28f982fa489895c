package org.kopuro.exchange.metaservices;

/** A service as lists of services show it; its provider is this installation. */
public record Offered(String code, String version) {
}
