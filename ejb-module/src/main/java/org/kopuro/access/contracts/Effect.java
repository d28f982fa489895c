package org.kopuro.access.contracts;

/** On a consumer that was written against the older contract. */
public enum Effect {
    COMPATIBLE, BREAKING
}
