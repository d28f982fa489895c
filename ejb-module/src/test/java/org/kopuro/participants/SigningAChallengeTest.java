package org.kopuro.participants;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Random;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedDataGenerator;
import org.bouncycastle.cms.jcajce.JcaSignerInfoGeneratorBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.kopuro.testing.TestCertificates;

/** A certificate's own key signs the octets of a challenge; nothing else counts. Samples ({@code *.cms}) were made by OpenSSL 3.0. */
class SigningAChallengeTest {

    private static final byte[] CHALLENGE = sample("challenge.txt");
    private static final TestCertificates.Identity IDENTITY = TestCertificates.rsa(Instant.parse("2026-03-02T09:15:00Z"));
    private static final SigningCertificate CERTIFICATE = SigningCertificate.read(IDENTITY.der(), "pem");

    @ParameterizedTest
    @ValueSource(strings = {"rsa", "ec", "tls"})
    void whatOpensslSignsIsProof(String key) {
        SigningCertificate certificate = SigningCertificate.read(sample(key + ".pem"), "pem");
        assertTrue(certificate.hasSigned(CHALLENGE, cms(key)));
        byte[] other = CHALLENGE.clone();
        other[other.length - 3] ^= 1;
        assertFalse(certificate.hasSigned(other, cms(key)));
        assertFalse(CERTIFICATE.hasSigned(CHALLENGE, cms(key)), "the certificate that is sent along counts for nothing");
    }

    /** Without {@code -binary} line ends become those of mail: other octets. */
    @Test
    void aChangedLineEndIsNoProof() {
        assertFalse(SigningCertificate.read(sample("ec.pem"), "pem").hasSigned(CHALLENGE, cms("ec-text")));
    }

    @Test
    void whoHasTheCertificateAndNotItsKeyProvesNothing() throws Exception {
        TestCertificates.Identity thief = new TestCertificates.Identity(TestCertificates.rsa(Instant.now()).keys(), IDENTITY.certificate());
        assertFalse(CERTIFICATE.hasSigned(CHALLENGE, TestCertificates.detached(thief, CHALLENGE)));
        assertTrue(CERTIFICATE.hasSigned(CHALLENGE, TestCertificates.detached(IDENTITY, CHALLENGE)));
    }

    /** Without signed attributes, what was signed as something else could be shown as an answer; with the text inside it is not detached; SHA-1 is too weak. */
    @ParameterizedTest
    @CsvSource({"SHA256withRSA, true, false, 1", "SHA256withRSA, false, true, 1", "SHA1withRSA, false, false, 1", "SHA256withRSA, false, false, 2", "SHA256withRSA, false, false, 0"})
    void anotherFormIsNoProof(String method, boolean direct, boolean enclosed, int signers) throws Exception {
        CMSSignedDataGenerator generator = new CMSSignedDataGenerator();
        for (int i = 0; i < signers; i++) {
            generator.addSignerInfoGenerator(new JcaSignerInfoGeneratorBuilder(new JcaDigestCalculatorProviderBuilder().build()).setDirectSignature(direct)
                    .build(new JcaContentSignerBuilder(method).build(IDENTITY.keys().getPrivate()), IDENTITY.certificate()));
        }
        assertFalse(CERTIFICATE.hasSigned(CHALLENGE, generator.generate(new CMSProcessableByteArray(CHALLENGE), enclosed).getEncoded("DER")));
    }

    @Test
    void hostileOctetsAreNoProof() {
        byte[] good = TestCertificates.detached(IDENTITY, CHALLENGE);
        Random random = new Random(59);
        for (int i = 0; i < 2_000; i++) {
            byte[] broken = Arrays.copyOf(good, i % 3 == 0 ? random.nextInt(good.length) : good.length + (i % 3 == 1 ? 1 : 0));
            if (broken.length == good.length) {
                broken[random.nextInt(200)] = (byte) random.nextInt();
            }
            // A change may do no harm, as one to the order of a set: then it need not be refused, but it is answered.
            boolean proof = CERTIFICATE.hasSigned(CHALLENGE, broken);
            assertFalse(proof && broken.length != good.length, "cut off, or with something behind it");
        }
        assertFalse(CERTIFICATE.hasSigned(CHALLENGE, new byte[0]));
        assertFalse(CERTIFICATE.hasSigned(CHALLENGE, new byte[] {5, 0}));
    }

    /** What an elliptic curve's signature is made of is a structure by itself. */
    @ParameterizedTest
    @ValueSource(strings = {"rsa", "ec"})
    void isAnsweredWhateverBitIsChanged(String key) {
        SigningCertificate certificate = SigningCertificate.read(sample(key + ".pem"), "pem");
        byte[] good = cms(key);
        for (int bit = 0; bit < good.length * 8; bit += bit > good.length * 8 - 640 ? 1 : 5) {
            byte[] altered = good.clone();
            altered[bit / 8] ^= (byte) (1 << bit % 8);
            boolean proof = certificate.hasSigned(CHALLENGE, altered);
            assertFalse(proof && bit > good.length * 8 - 480, "the signature itself stands at the end");
        }
    }

    @ParameterizedTest
    @CsvSource({"tls, SIGNING, false", "tls, TLS, true", "rsa, SIGNING, true", "rsa, TLS, true"})
    void aCertificatesOwnUsageDecidesWhatItIsFor(String key, CertificatePurpose purpose, boolean fit) {
        assertEquals(fit, SigningCertificate.read(sample(key + ".pem"), "pem").isFor(purpose));
    }

    private static byte[] cms(String name) {
        return Base64.getMimeDecoder().decode(new String(sample(name + ".cms"), StandardCharsets.US_ASCII).replaceAll("-----[A-Z ]+-----", ""));
    }

    private static byte[] sample(String name) {
        try (InputStream octets = SigningAChallengeTest.class.getResourceAsStream("possession/" + name)) {
            return octets.readAllBytes();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
