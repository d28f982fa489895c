package org.kopuro.representation;

import java.util.Objects;
import java.util.UUID;
import org.kopuro.kernel.Id;

public record MandateId(UUID value) implements Id {
    public MandateId {
        Objects.requireNonNull(value);
    }
}
