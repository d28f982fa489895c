package org.kopuro.access.credentials;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;
import org.kopuro.kernel.Contour;
import org.kopuro.participants.CertificatePurpose;
import org.kopuro.participants.SubsystemId;

/**
 * What a certificate's key has to sign before the certificate is registered.
 *
 * @param identifier the subsystem's, as the exchange knows it: who signs sees for whom
 * @param thumbprint of the certificate, in lower-case hexadecimal
 */
public record ChallengeView(UUID id, SubsystemId subsystem, String identifier, Contour contour, CertificatePurpose purpose, String thumbprint, Instant expiresAt) {

    /** Seven lines, each with its end, in ASCII or UTF-8: these octets are signed. The random id makes them unlike all others, also those of another installation. */
    public String text() {
        return String.join("\n", "kopuro-certificate-possession/1", "challenge: " + id, "subsystem: " + identifier, "contour: " + contour, "purpose: " + purpose,
                "certificate: " + thumbprint, "expires: " + expiresAt, "");
    }

    byte[] octets() {
        return text().getBytes(StandardCharsets.UTF_8);
    }
}
