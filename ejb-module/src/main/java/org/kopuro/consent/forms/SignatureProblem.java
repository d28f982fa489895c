package org.kopuro.consent.forms;

import org.kopuro.kernel.RefusalCode;

/** Why an electronic signature does not count. */
public enum SignatureProblem implements RefusalCode {
    SIGNATURE_MISSING,
    SIGNATURE_UNREADABLE,
    SIGNERS_SEVERAL,
    /** SHA-1, MD5, or a scheme that nobody here knows. */
    ALGORITHM_FORBIDDEN,
    KEY_TOO_SHORT,
    SIGNATURE_WRONG,
    SIGNER_CERTIFICATE_MISSING,
    SIGNER_CERTIFICATE_EXPIRED,
    SIGNER_CERTIFICATE_NOT_FOR_SIGNING,
    SIGNER_CERTIFICATE_NOT_TRUSTED,
    SIGNER_CERTIFICATE_REVOKED,
    /** The certificate names neither the taxpayer nor the representative by INN. */
    SIGNER_NOT_THE_TAXPAYER
}
