package org.kopuro.participants;

import java.io.ByteArrayInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.HexFormat;
import org.kopuro.kernel.Refusal;

/** An X.509 certificate that a subsystem may sign with: readable, with a key that is neither weak nor a burden to verify. */
public final class SigningCertificate {

    private static final int DER_LENGTH_MAX = 16 * 1024;
    private static final int RSA_BITS_MIN = 2048;
    private static final int RSA_BITS_MAX = 4096;
    /** A huge public exponent makes verification as slow as signing; 65537 is what everybody uses. */
    private static final int RSA_EXPONENT_BITS_MAX = 32;

    private final X509Certificate certificate;
    private final byte[] der;

    private SigningCertificate(X509Certificate certificate, byte[] der) {
        this.certificate = certificate;
        this.der = der;
    }

    /** Reads PEM or DER; refuses what is not one X.509 certificate with an acceptable key. */
    public static SigningCertificate read(byte[] encoded, String field) {
        if (encoded.length > 2 * DER_LENGTH_MAX) {
            throw Refusal.of(ParticipantRefusal.CERTIFICATE_UNREADABLE, field);
        }
        try {
            X509Certificate certificate = (X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(encoded));
            if (certificate == null) {
                throw Refusal.of(ParticipantRefusal.CERTIFICATE_UNREADABLE, field);
            }
            if (!hasAcceptableKey(certificate.getPublicKey())) {
                throw Refusal.of(ParticipantRefusal.CERTIFICATE_KEY_REFUSED, field);
            }
            return new SigningCertificate(certificate, certificate.getEncoded());
        } catch (CertificateException e) {
            throw Refusal.of(ParticipantRefusal.CERTIFICATE_UNREADABLE, field);
        }
    }

    /** RSA of 2048 to 4096 bits or an elliptic curve of 256 to 521 bits. */
    public static boolean hasAcceptableKey(PublicKey key) {
        if (key instanceof RSAPublicKey rsa) {
            int bits = rsa.getModulus().bitLength();
            return bits >= RSA_BITS_MIN && bits <= RSA_BITS_MAX && rsa.getPublicExponent().bitLength() <= RSA_EXPONENT_BITS_MAX;
        }
        if (key instanceof ECPublicKey curve) {
            int bits = curve.getParams().getCurve().getField().getFieldSize();
            return bits >= 256 && bits <= 521;
        }
        return false;
    }

    X509Certificate certificate() {
        return certificate;
    }

    /** SHA-256 of the DER octets. */
    public static byte[] thumbprintOf(byte[] der) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(der);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    byte[] der() {
        return der;
    }

    byte[] thumbprint() {
        return thumbprintOf(der);
    }

    String subject() {
        return certificate.getSubjectX500Principal().getName();
    }

    Instant notBefore() {
        return certificate.getNotBefore().toInstant();
    }

    Instant notAfter() {
        return certificate.getNotAfter().toInstant();
    }

    @Override
    public String toString() {
        return HexFormat.of().formatHex(thumbprint());
    }
}
