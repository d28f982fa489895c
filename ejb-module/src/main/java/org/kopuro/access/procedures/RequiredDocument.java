package org.kopuro.access.procedures;

/** A document that a product needs where its participant has the role (ACC-8). */
public record RequiredDocument(ProductRole role, ProductDocumentKind kind, String source) {
}
