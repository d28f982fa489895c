package org.kopuro.participants;

import java.io.ByteArrayInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.Collections;
import java.util.HexFormat;
import java.util.Set;
import org.kopuro.kernel.Refusal;

/** An X.509 certificate that a subsystem may sign, or open TLS connections, with: readable, with a key that is neither weak nor a burden to verify. */
public final class SigningCertificate {

    private static final int DER_LENGTH_MAX = 16 * 1024;
    private static final int RSA_BITS_MIN = 2048;
    private static final int RSA_BITS_MAX = 4096;
    /** A huge public exponent makes verification as slow as signing; 65537 is what everybody uses. */
    private static final int RSA_EXPONENT_BITS_MAX = 32;
    /** Of KeyUsage (RFC 5280, 4.2.1.3). */
    private static final int DIGITAL_SIGNATURE = 0;
    private static final int NON_REPUDIATION = 1;
    /** Of ExtendedKeyUsage (4.2.1.12): servers' and clients' TLS, and anything. */
    private static final Set<String> TLS = Set.of("1.3.6.1.5.5.7.3.1", "1.3.6.1.5.5.7.3.2");
    private static final String ANYTHING = "2.5.29.37.0";

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

    public X509Certificate certificate() {
        return certificate;
    }

    /** Whether its own key usage, where it tells one, allows the purpose. What is for TLS alone does not sign, and what is for signatures alone opens no connections. */
    boolean isFor(CertificatePurpose purpose) {
        boolean[] usage = certificate.getKeyUsage();
        Set<String> extended = extendedUsage();
        return switch (purpose) {
            case SIGNING -> (usage == null || usage[DIGITAL_SIGNATURE] || usage[NON_REPUDIATION]) && (extended.isEmpty() || !TLS.containsAll(extended));
            case TLS -> (usage == null || usage[DIGITAL_SIGNATURE]) && (extended.isEmpty() || extended.contains(ANYTHING) || !Collections.disjoint(extended, TLS));
        };
    }

    /** Refuses another purpose than its own key usage allows. */
    public void requireFor(CertificatePurpose purpose) {
        if (!isFor(purpose)) {
            throw Refusal.of(ParticipantRefusal.CERTIFICATE_OF_ANOTHER_PURPOSE, "purpose", purpose);
        }
    }

    private Set<String> extendedUsage() {
        try {
            return certificate.getExtendedKeyUsage() == null ? Set.of() : Set.copyOf(certificate.getExtendedKeyUsage());
        } catch (CertificateParsingException e) {
            throw Refusal.of(ParticipantRefusal.CERTIFICATE_UNREADABLE, "pem");
        }
    }

    /** Whether the certificate's own key made the signature, a detached CMS one, over exactly these octets. Certificates sent along count for nothing. */
    public boolean hasSigned(byte[] content, byte[] signature) {
        return DetachedSignature.isBy(certificate, content, signature);
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

    public byte[] thumbprint() {
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

    /** The thumbprint in lower-case hexadecimal. */
    @Override
    public String toString() {
        return HexFormat.of().formatHex(thumbprint());
    }
}
