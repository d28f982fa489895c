package org.kopuro.access.requests;

import java.util.UUID;
import org.kopuro.kernel.Id;

/** Identifies a request. */
public record RequestId(UUID value) implements Id {
}
