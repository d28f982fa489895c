package org.kopuro.access.products;

import java.util.List;

/**
 * A product as its newest event left it.
 *
 * @param documents the withdrawn ones, too, in the order of their days
 */
public record ProductView(ProductId id, NewProduct told, int events, List<ProductDocument> documents) {
}
