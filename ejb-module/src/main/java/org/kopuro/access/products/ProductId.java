package org.kopuro.access.products;

import java.util.UUID;
import org.kopuro.kernel.Id;

/** Identifies a product. */
public record ProductId(UUID value) implements Id {
}
