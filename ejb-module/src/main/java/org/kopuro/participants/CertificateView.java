package org.kopuro.participants;

import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import org.kopuro.kernel.Contour;

/** A registered signing certificate; the thumbprint is the SHA-256 of its DER octets in lower-case hexadecimal. */
public record CertificateView(
        String thumbprint, SubsystemId subsystem, Contour contour, String subject, Instant notBefore, Instant notAfter,
        CertificateState state, Optional<String> blockedReason) {

    static CertificateView of(Certificate certificate) {
        return new CertificateView(HexFormat.of().formatHex(certificate.thumbprint), new SubsystemId(certificate.subsystemId),
                certificate.contour, certificate.subject, certificate.notBefore, certificate.notAfter, certificate.state(),
                Optional.ofNullable(certificate.blockedReason));
    }
}
