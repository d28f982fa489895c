package org.kopuro.accounts;

import jakarta.security.enterprise.credential.Credential;

/**
 * The certificate with which a client opened its TLS connection, and so showed that it has the key.
 *
 * @param thumbprint its SHA-256
 */
public record ConnectionCredential(byte[] thumbprint) implements Credential {
}
