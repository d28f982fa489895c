package org.kopuro.participants;

import java.util.Optional;
import java.util.UUID;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.Input;

/**
 * A certificate to be bound to a subsystem in a contour, for one purpose.
 *
 * @param challenge that its key has signed; empty where an official has the certificate from a signed letter
 * @param reason    which letter, for instance
 */
public record NewCertificate(SubsystemId subsystem, Contour contour, CertificatePurpose purpose, SigningCertificate certificate, Optional<UUID> challenge, String reason) {

    public NewCertificate {
        reason = Input.text(reason, "reason", 1000);
        certificate.requireFor(purpose);
    }

    /** As an official has it from a signed letter. */
    public static NewCertificate fromLetter(SubsystemId subsystem, Contour contour, CertificatePurpose purpose, SigningCertificate certificate, String reason) {
        return new NewCertificate(subsystem, contour, purpose, certificate, Optional.empty(), reason);
    }

    CertificateProof proof() {
        return challenge.isPresent() ? CertificateProof.KEY : CertificateProof.PAPER;
    }
}
