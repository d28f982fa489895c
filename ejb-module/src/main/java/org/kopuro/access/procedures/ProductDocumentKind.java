package org.kopuro.access.procedures;

/** What a product's document proves (ACC-8): the three rights of a licensee, or the registration of an own product. */
public enum ProductDocumentKind {
    RIGHT_TO_USE, RIGHT_TO_DISTRIBUTE, RIGHT_TO_MODIFY, REGISTRATION
}
