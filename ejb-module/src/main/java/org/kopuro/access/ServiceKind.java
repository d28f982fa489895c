package org.kopuro.access;

/** How a service of the catalogue is used. A release says it; the application adds services of the exchange alone. */
public enum ServiceKind {
    /** By messages of the exchange, under a contract that the catalogue holds. */
    EXCHANGE,
    /** At addresses of its own, which a release describes: no contract here, no token, no limit, no closure, and no metaservice lists it. */
    DIRECT
}
