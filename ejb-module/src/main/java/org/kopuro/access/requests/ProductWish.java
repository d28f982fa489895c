package org.kopuro.access.requests;

import org.kopuro.access.products.ProductId;

/**
 * A product that access is wanted for.
 *
 * @param drops of a CHANGE: wanted no longer
 */
public record ProductWish(ProductId product, boolean drops) {
}
