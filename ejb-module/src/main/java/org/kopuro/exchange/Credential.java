package org.kopuro.exchange;

import java.util.Optional;

/**
 * What the caller proved to have at the edge.
 *
 * @param thumbprint   SHA-256 of the certificate: the signing one, the subsystem's by which the TLS connection was made (for TLS or for signatures), or in gateway mode the Security Server's
 * @param gateway      whether a Security Server vouches for the client named in the header, instead of a signature
 * @param signedDigest digest of everything that was signed; the same content a second time is a replay. Empty where TLS proves the caller
 */
public record Credential(byte[] thumbprint, boolean gateway, Optional<byte[]> signedDigest) {

    public static Credential signature(byte[] thumbprint, byte[] signedDigest) {
        return new Credential(thumbprint, false, Optional.of(signedDigest));
    }

    /** The subsystem's own certificate, proved by the TLS connection; what the connection carried cannot be replayed by others. */
    public static Credential connection(byte[] thumbprint) {
        return new Credential(thumbprint, false, Optional.empty());
    }

    public static Credential securityServer(byte[] thumbprint) {
        return new Credential(thumbprint, true, Optional.empty());
    }
}
