package org.kopuro.exchange;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.kopuro.kernel.Refusal;

/** A refusal that belongs to no authenticated subsystem; names are as claimed, not proven (CON-114). */
record SecurityEvent(
        UUID occurrence, Instant at, Refusal refusal, Optional<String> claimedClient, Optional<String> messageId,
        Optional<byte[]> thumbprint, String remoteAddress) {
}
