package org.kopuro.participants;

/** What a certificate is registered for, one of them: its key signs messages and reports, or opens TLS connections. */
public enum CertificatePurpose {
    SIGNING, TLS
}
