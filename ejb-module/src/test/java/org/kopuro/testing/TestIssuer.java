package org.kopuro.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v2CRLBuilder;
import org.bouncycastle.cert.jcajce.JcaCertStore;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedDataGenerator;
import org.bouncycastle.cms.jcajce.JcaSignerInfoGeneratorBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;

/** An issuer of certificates with which people sign, made for tests, and what it publishes. */
public final class TestIssuer {

    /** The folder of issuers that a server is to trust; {@link #TRUSTED} is in it. */
    public static final Path FOLDER = folder();
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Instant FROM = Instant.parse("2020-01-01T00:00:00Z");
    private static final Instant UNTIL = Instant.parse("2040-01-01T00:00:00Z");
    public static final TestIssuer TRUSTED = new TestIssuer("CN=Trusted in tests,C=KG").publish();

    private final X500Name name;
    private final KeyPair keys = keys();
    private final X509Certificate certificate;
    private final X509v2CRLBuilder revoked;

    /** One that nobody trusts until it publishes. */
    public TestIssuer(String name) {
        this.name = new X500Name(name);
        certificate = certificate(this.name, keys, "SHA256withECDSA", FROM, UNTIL, KeyUsage.keyCertSign | KeyUsage.cRLSign, true);
        revoked = new X509v2CRLBuilder(this.name, Date.from(FROM));
        revoked.setNextUpdate(Date.from(UNTIL));
    }

    /** Its certificate and the list of what it has revoked are in {@link #FOLDER} afterwards. */
    public TestIssuer publish() {
        try {
            String file = Integer.toHexString(name.hashCode());
            Files.write(FOLDER.resolve(file + ".crt"), certificate.getEncoded());
            Files.write(FOLDER.resolve(file + ".crl"), revoked.build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate())).getEncoded());
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException | OperatorCreationException e) {
            throw new IllegalStateException(e);
        }
    }

    public void revoke(TestCertificates.Identity identity) {
        revoked.addCRLEntry(identity.certificate().getSerialNumber(), Date.from(FROM), CRLReason.keyCompromise);
        publish();
    }

    /** @param subject such as {@code SERIALNUMBER=23002198000001,CN=A Person} */
    public TestCertificates.Identity issue(String subject) {
        return issue(subject, "SHA256withECDSA", FROM, UNTIL, KeyUsage.nonRepudiation);
    }

    public TestCertificates.Identity issue(String subject, String method, Instant from, Instant until, int usage) {
        KeyPair pair = keys();
        return new TestCertificates.Identity(pair, certificate(new X500Name(subject), pair, method, from, until, usage, false));
    }

    private X509Certificate certificate(X500Name subject, KeyPair pair, String method, Instant from, Instant until, int usage, boolean issues) {
        try {
            return new JcaX509CertificateConverter().getCertificate(new JcaX509v3CertificateBuilder(name, new BigInteger(64, RANDOM), Date.from(from), Date.from(until), subject,
                    pair.getPublic()).addExtension(Extension.basicConstraints, true, new BasicConstraints(issues)).addExtension(Extension.keyUsage, true, new KeyUsage(usage))
                    .build(new JcaContentSignerBuilder(method).build(keys.getPrivate())));
        } catch (GeneralSecurityException | OperatorCreationException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    public static byte[] cms(byte[] content, boolean inside, TestCertificates.Identity... signers) {
        return cms(content, inside, "SHA256withECDSA", signers);
    }

    /** CMS signed data over the content, with the content inside or not. */
    public static byte[] cms(byte[] content, boolean inside, String method, TestCertificates.Identity... signers) {
        try {
            CMSSignedDataGenerator generator = new CMSSignedDataGenerator();
            for (TestCertificates.Identity signer : signers) {
                generator.addSignerInfoGenerator(new JcaSignerInfoGeneratorBuilder(new JcaDigestCalculatorProviderBuilder().build())
                        .build(new JcaContentSignerBuilder(method).build(signer.keys().getPrivate()), signer.certificate()));
                generator.addCertificates(new JcaCertStore(List.of(signer.certificate())));
            }
            return generator.generate(new CMSProcessableByteArray(content), inside).getEncoded("DER");
        } catch (GeneralSecurityException | OperatorCreationException | CMSException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyPair keys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(256);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Path folder() {
        try {
            return Files.createTempDirectory("kopuro-issuers");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
