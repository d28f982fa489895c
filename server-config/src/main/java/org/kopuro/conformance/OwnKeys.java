package org.kopuro.conformance;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.kopuro.client.Pem;
import org.kopuro.server.Folders;

/** A key with which answers are played, and its certificate. */
record OwnKeys(PrivateKey key, X509Certificate certificate) {

    private static final GeneralNames THIS_MACHINE = new GeneralNames(new GeneralName[] {new GeneralName(GeneralName.iPAddress, "127.0.0.1"),
        new GeneralName(GeneralName.dNSName, "localhost")});
    private static final Duration VALIDITY = Duration.ofDays(730);

    /** In PEM files that are kept: a product that cannot be told per call whom to trust is told once. */
    static OwnKeys in(Path folder, String algorithm, Clock clock) throws IOException, GeneralSecurityException {
        return in(folder.resolve(name(algorithm, "key")), certificateFile(folder, algorithm), algorithm, clock);
    }

    /** Those of the address that the product calls by TLS. */
    static OwnKeys ofConnections(Path folder, Clock clock) throws IOException, GeneralSecurityException {
        return in(folder.resolve("played-tls-key.pem"), connectionCertificateFile(folder), "EC", clock);
    }

    static Path connectionCertificateFile(Path folder) {
        return folder.resolve("played-tls-cert.pem");
    }

    private static OwnKeys in(Path keyFile, Path certificateFile, String algorithm, Clock clock) throws IOException, GeneralSecurityException {
        if (Files.exists(keyFile) && Files.exists(certificateFile)) {
            X509Certificate certificate = Pem.certificate(certificateFile);
            if (certificate.getNotAfter().toInstant().isAfter(clock.instant().plus(Duration.ofDays(1)))) {
                return new OwnKeys(Pem.key(keyFile, certificate), certificate);
            }
        }
        OwnKeys made = made(algorithm, clock);
        Folders.writePrivately(keyFile, pem("PRIVATE KEY", made.key().getEncoded()));
        Files.writeString(certificateFile, pem("CERTIFICATE", made.certificate().getEncoded()));
        return made;
    }

    static Path certificateFile(Path folder, String algorithm) {
        return folder.resolve(name(algorithm, "cert"));
    }

    /** Nobody's: what is signed with it must not be trusted. */
    static OwnKeys made(String algorithm, Clock clock) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
        generator.initialize(algorithm.equals("EC") ? 256 : 2048);
        KeyPair pair = generator.generateKeyPair();
        X500Principal name = new X500Principal("CN=conformance run, O=Not a server");
        Instant now = clock.instant();
        try {
            return new OwnKeys(pair.getPrivate(), new JcaX509CertificateConverter().getCertificate(new JcaX509v3CertificateBuilder(
                    name, new BigInteger(64, new SecureRandom()), Date.from(now.minus(Duration.ofDays(1))), Date.from(now.plus(VALIDITY)), name, pair.getPublic())
                    .addExtension(Extension.subjectAlternativeName, false, THIS_MACHINE).build(new JcaContentSignerBuilder(algorithm.equals("EC") ? "SHA256withECDSA" : "SHA256withRSA").build(pair.getPrivate()))));
        } catch (OperatorCreationException | CertIOException e) {
            throw new GeneralSecurityException(e);
        }
    }

    private static String name(String algorithm, String what) {
        return "played-" + what + (algorithm.equals("EC") ? "-ec" : "") + ".pem";
    }

    private static String pem(String what, byte[] der) {
        return "-----BEGIN " + what + "-----\n" + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der) + "\n-----END " + what + "-----\n";
    }

    @Override
    public String toString() {
        return certificate.getSubjectX500Principal().toString();
    }
}
