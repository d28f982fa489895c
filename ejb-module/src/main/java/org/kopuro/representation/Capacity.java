package org.kopuro.representation;

/** As what somebody acts. */
public enum Capacity {
    /** The register names him as a head of the organisation before him in the chain. */
    HEAD,
    /** A mandate names him. */
    MANDATE
}
