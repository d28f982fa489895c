package org.kopuro.notices;

import java.time.Instant;
import java.util.Optional;

/**
 * Whether letters get away at all.
 *
 * @param configured   whether this node has a mail server to hand letters to
 * @param failingSince when the mail server could no longer be reached; empty while it can
 * @param problem      how it fails
 * @param waiting      deliveries that wait
 */
public record MailState(boolean configured, Optional<Instant> failingSince, Optional<String> problem, Optional<Instant> lastSentAt, long waiting,
        Optional<Instant> oldestWaiting) {
}
