package org.kopuro.participants;

/** What happens to a certificate; {@code END} comes from the end of its participant's connections alone. */
public enum CertificateEvent {
    REGISTER, BLOCK, UNBLOCK, END
}
