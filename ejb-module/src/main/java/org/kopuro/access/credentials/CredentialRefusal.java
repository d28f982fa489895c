package org.kopuro.access.credentials;

import org.kopuro.kernel.RefusalCode;
import org.kopuro.kernel.RefusalKind;

/** Why a link or a certificate is not to be had. */
public enum CredentialRefusal implements RefusalCode {
    /** Unknown, used, replaced, too old, or of another installation: whoever asks is not told which. */
    LINK_NOT_VALID,
    LINKS_TOO_MANY,
    CERTIFICATES_TOO_MANY,
    /** In PRODUCTION the authority registers certificates, from a signed letter. */
    CERTIFICATE_BY_THE_AUTHORITY,
    /** Unknown, used, too old, another participant's, or about another certificate. */
    CHALLENGE_NOT_VALID,
    CHALLENGES_TOO_MANY,
    POSSESSION_NOT_PROVED;

    @Override
    public RefusalKind kind() {
        return switch (this) {
            case LINK_NOT_VALID, CERTIFICATE_BY_THE_AUTHORITY, CHALLENGE_NOT_VALID, POSSESSION_NOT_PROVED -> RefusalKind.FORBIDDEN;
            case LINKS_TOO_MANY, CERTIFICATES_TOO_MANY, CHALLENGES_TOO_MANY -> RefusalKind.TOO_MANY;
            default -> RefusalKind.RULE;
        };
    }
}
