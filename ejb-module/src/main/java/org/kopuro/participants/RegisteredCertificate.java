package org.kopuro.participants;

import java.security.cert.X509Certificate;
import java.time.Instant;

/** A registered certificate with its key, for whoever checks a signature that is not a call's. */
public record RegisteredCertificate(CertificateView view, X509Certificate certificate) {

    /** Not blocked now, and valid at the moment of signing. */
    public boolean inForceAt(Instant signing) {
        return view.state() == CertificateState.REGISTERED && !signing.isBefore(view.notBefore()) && !signing.isAfter(view.notAfter());
    }
}
