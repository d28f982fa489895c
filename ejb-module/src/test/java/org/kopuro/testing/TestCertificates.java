package org.kopuro.testing;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Keys and self-signed certificates, made as tests need them; nobody's real one is ever involved. */
public final class TestCertificates {

    private static final SecureRandom RANDOM = new SecureRandom();

    private TestCertificates() {
    }

    /** A key with its certificate. */
    public record Identity(KeyPair keys, X509Certificate certificate) {

        public byte[] der() {
            try {
                return certificate.getEncoded();
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    public static Identity rsa(Instant around) {
        return make("RSA", 2048, "SHA256withRSA", around.minus(Duration.ofDays(1)), around.plus(Duration.ofDays(400)));
    }

    public static Identity elliptic(Instant around) {
        return make("EC", 256, "SHA256withECDSA", around.minus(Duration.ofDays(1)), around.plus(Duration.ofDays(400)));
    }

    public static Identity make(String algorithm, int bits, String signature, Instant notBefore, Instant notAfter) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
            generator.initialize(bits);
            KeyPair pair = generator.generateKeyPair();
            X500Principal name = new X500Principal("CN=test " + RANDOM.nextInt(1_000_000));
            return new Identity(pair, new JcaX509CertificateConverter().getCertificate(new JcaX509v3CertificateBuilder(name, new BigInteger(64, RANDOM),
                    Date.from(notBefore), Date.from(notAfter), name, pair.getPublic()).build(new JcaContentSignerBuilder(signature).build(pair.getPrivate()))));
        } catch (GeneralSecurityException | OperatorCreationException e) {
            throw new IllegalStateException(e);
        }
    }
}
