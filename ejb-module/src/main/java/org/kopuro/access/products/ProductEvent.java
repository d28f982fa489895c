package org.kopuro.access.products;

/** What happens to a product and to its documents. */
public enum ProductEvent {
    ADD, ATTACH, WITHDRAW
}
