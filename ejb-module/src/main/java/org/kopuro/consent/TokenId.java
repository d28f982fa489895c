package org.kopuro.consent;

import java.util.Objects;
import java.util.UUID;
import org.kopuro.kernel.Id;

/** The public identifier of a consent given by token; used in notices, logs and receipts; gives no access. */
public record TokenId(UUID value) implements Id {
    public TokenId {
        Objects.requireNonNull(value);
    }
}
