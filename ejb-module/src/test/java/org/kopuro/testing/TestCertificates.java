package org.kopuro.testing;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedDataGenerator;
import org.bouncycastle.cms.jcajce.JcaSignerInfoGeneratorBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;

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

    /** A detached CMS signature over the octets, as {@code openssl cms -sign -binary} makes it. */
    public static byte[] detached(Identity by, byte[] content) {
        try {
            CMSSignedDataGenerator generator = new CMSSignedDataGenerator();
            generator.addSignerInfoGenerator(new JcaSignerInfoGeneratorBuilder(new JcaDigestCalculatorProviderBuilder().build())
                    .build(new JcaContentSignerBuilder(by.keys().getPrivate().getAlgorithm().equals("EC") ? "SHA256withECDSA" : "SHA256withRSA").build(by.keys().getPrivate()),
                            by.certificate()));
            return generator.generate(new CMSProcessableByteArray(content), false).getEncoded("DER");
        } catch (GeneralSecurityException | OperatorCreationException | CMSException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    public static Identity rsa(Instant around) {
        return make("RSA", 2048, "SHA256withRSA", around.minus(Duration.ofDays(1)), around.plus(Duration.ofDays(400)));
    }

    public static Identity elliptic(Instant around) {
        return make("EC", 256, "SHA256withECDSA", around.minus(Duration.ofDays(1)), around.plus(Duration.ofDays(400)));
    }

    /** For a server of this address, valid now: who connects to it looks at the machine's own clock. */
    public static Identity server(String address) {
        Instant now = Instant.now();
        return make("EC", 256, "SHA256withECDSA", now.minus(Duration.ofDays(1)), now.plus(Duration.ofDays(400)), Optional.of(new GeneralNames(new GeneralName(GeneralName.iPAddress, address))));
    }

    public static Identity make(String algorithm, int bits, String signature, Instant notBefore, Instant notAfter) {
        return make(algorithm, bits, signature, notBefore, notAfter, Optional.empty());
    }

    private static Identity make(String algorithm, int bits, String signature, Instant notBefore, Instant notAfter, Optional<GeneralNames> names) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
            generator.initialize(bits);
            KeyPair pair = generator.generateKeyPair();
            X500Principal name = new X500Principal("CN=test " + RANDOM.nextInt(1_000_000));
            X509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(name, new BigInteger(64, RANDOM), Date.from(notBefore), Date.from(notAfter), name, pair.getPublic());
            if (names.isPresent()) {
                builder.addExtension(Extension.subjectAlternativeName, false, names.get());
            }
            return new Identity(pair, new JcaX509CertificateConverter().getCertificate(builder.build(new JcaContentSignerBuilder(signature).build(pair.getPrivate()))));
        } catch (GeneralSecurityException | OperatorCreationException | IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
