package org.kopuro.access.products;

/** What a product is (003 §3). */
public enum ProductKind {
    INFORMATION_SYSTEM, MOBILE_APPLICATION
}
