package org.kopuro.server.demo;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** The demo bank's key and certificate: made at the first start, made anew when the certificate has run out. */
final class DemoKeys {

    private static final Duration VALIDITY = Duration.ofDays(730);
    private static final int RSA_BITS = 2048;
    private static final String ALIAS = "app";
    private static final char[] STORE_PASSWORD = "demo".toCharArray();

    private final Path app;
    private final Clock clock;

    DemoKeys(DemoFolder folder, Clock clock) {
        this.app = folder.app();
        this.clock = clock;
    }

    /** The certificate in PEM, with all three files beside it. */
    String certificate() throws IOException {
        try {
            if (!usable()) {
                create();
            }
            return Files.readString(app.resolve("cert.pem"));
        } catch (GeneralSecurityException | OperatorCreationException e) {
            throw new IllegalStateException(e);
        }
    }

    private boolean usable() throws IOException {
        for (String name : new String[] {"key.pem", "cert.pem", "keystore.p12"}) {
            if (!Files.exists(app.resolve(name))) {
                return false;
            }
        }
        try {
            X509Certificate certificate = (X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(Files.readAllBytes(app.resolve("cert.pem"))));
            return certificate.getNotAfter().toInstant().isAfter(clock.instant().plus(Duration.ofDays(1)));
        } catch (CertificateException e) {
            return false;
        }
    }

    private void create() throws IOException, GeneralSecurityException, OperatorCreationException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(RSA_BITS);
        KeyPair pair = generator.generateKeyPair();
        Instant now = clock.instant();
        X500Principal name = new X500Principal("CN=demo-bank-service, OU=60009999, O=Demo bank");
        X509Certificate certificate = new JcaX509CertificateConverter().getCertificate(new JcaX509v3CertificateBuilder(
                // A start of yesterday: clocks of two machines never agree.
                name, new BigInteger(64, new SecureRandom()), Date.from(now.minus(Duration.ofDays(1))), Date.from(now.plus(VALIDITY)), name,
                pair.getPublic()).build(new JcaContentSignerBuilder("SHA256withRSA").build(pair.getPrivate())));
        DemoFolder.writePrivately(app.resolve("key.pem"), pem("PRIVATE KEY", pair.getPrivate().getEncoded()));
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, STORE_PASSWORD);
        store.setKeyEntry(ALIAS, pair.getPrivate(), STORE_PASSWORD, new Certificate[] {certificate});
        Path keystore = app.resolve("keystore.p12");
        Files.deleteIfExists(keystore);
        Files.createFile(keystore, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try (OutputStream out = Files.newOutputStream(keystore)) {
            store.store(out, STORE_PASSWORD);
        }
        // Last: a start that is cut short finds the set incomplete and makes it again.
        Files.writeString(app.resolve("cert.pem"), pem("CERTIFICATE", certificate.getEncoded()));
    }

    private static String pem(String what, byte[] der) {
        return "-----BEGIN " + what + "-----\n" + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der) + "\n-----END " + what + "-----\n";
    }
}
