package org.kopuro.participants;

import java.time.Instant;
import java.util.Optional;
import org.kopuro.kernel.Contour;

/**
 * A registered certificate; the thumbprint is the SHA-256 of its DER octets in lower-case hexadecimal.
 *
 * @param events how many changed it, its registration among them
 */
public record CertificateView(
        String thumbprint, SubsystemId subsystem, Contour contour, CertificatePurpose purpose, CertificateProof proof, String subject, Instant notBefore, Instant notAfter,
        Instant registeredAt, CertificateState state, Optional<String> blockedReason, int events) {
}
