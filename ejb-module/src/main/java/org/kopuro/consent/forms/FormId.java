package org.kopuro.consent.forms;

import java.util.Objects;
import java.util.UUID;
import org.kopuro.kernel.Id;

/** The public identifier of a consent by application form; used in notices, logs and receipts; gives no access. */
public record FormId(UUID value) implements Id {
    public FormId {
        Objects.requireNonNull(value);
    }
}
