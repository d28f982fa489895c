package org.kopuro.participants;

/** What the authority can do to a registered certificate. */
public enum CertificateEvent {
    BLOCK, UNBLOCK
}
