package org.kopuro.access;

import java.util.UUID;
import org.kopuro.kernel.Id;

/** Identifies one connection; a participant that is connected anew gets another one. */
public record ConnectionId(UUID value) implements Id {
}
