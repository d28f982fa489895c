package org.kopuro.bench;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A key with its self-signed certificate, made for one run. */
record Identity(PrivateKey key, X509Certificate certificate) {

    static Identity rsa() {
        return make("RSA", 2048, "SHA256withRSA");
    }

    static Identity elliptic() {
        return make("EC", 256, "SHA256withECDSA");
    }

    boolean isElliptic() {
        return key.getAlgorithm().equals("EC");
    }

    String pem() {
        return "-----BEGIN CERTIFICATE-----\n" + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der()) + "\n-----END CERTIFICATE-----\n";
    }

    byte[] der() {
        try {
            return certificate.getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The peer's store: this key under the alias {@code server}, and the client that it trusts. */
    void store(Path file, X509Certificate client) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("server", key, "bench".toCharArray(), new X509Certificate[] {certificate});
        store.setCertificateEntry("client", client);
        Files.createDirectories(file.getParent());
        try (var out = Files.newOutputStream(file)) {
            store.store(out, "bench".toCharArray());
        }
    }

    private static Identity make(String algorithm, int bits, String signature) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
            generator.initialize(bits);
            KeyPair pair = generator.generateKeyPair();
            X500Principal name = new X500Principal("CN=bench " + algorithm);
            Instant now = Instant.now();
            return new Identity(pair.getPrivate(), new JcaX509CertificateConverter().getCertificate(new JcaX509v3CertificateBuilder(name,
                    new BigInteger(64, new SecureRandom()), Date.from(now.minus(Duration.ofDays(1))), Date.from(now.plus(Duration.ofDays(30))), name,
                    pair.getPublic()).build(new JcaContentSignerBuilder(signature).build(pair.getPrivate()))));
        } catch (GeneralSecurityException | OperatorCreationException e) {
            throw new IllegalStateException(e);
        }
    }
}
