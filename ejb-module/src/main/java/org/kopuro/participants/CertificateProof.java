package org.kopuro.participants;

/** How the authority knows whose certificate it is: its key signed a challenge, an official has it from a signed letter, or (registered before this was asked) it was not recorded. */
public enum CertificateProof {
    KEY, PAPER, NOT_RECORDED
}
