package org.kopuro.exchange.operations;

import java.time.Instant;
import java.util.UUID;

/**
 * A call that we failed, so that nothing is recorded of it.
 *
 * @param occurrence that the caller was told
 * @param thumbprint of the certificate that proved who calls; one that nobody registered makes it nobody's
 */
public record FailedCall(UUID occurrence, byte[] thumbprint, String service, Instant at) {
}
