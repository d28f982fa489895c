package org.kopuro.installation;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * The authority's keys for signing answers: one RSA, one elliptic (P-256), in {@code signing.p12}. Created at the first start
 * if absent, with self-signed certificates that are laid out beside it in PEM for participants to pin; an operator replaces
 * the file with keys of the authority's own issuer. The store's password comes from {@code kopuro.keys.password} or from a
 * file of mode 0600.
 */
@ApplicationScoped
public class ServerKeys {

    private static final String RSA = "rsa";
    private static final String ELLIPTIC = "ec";
    private static final int VALIDITY_YEARS = 5;
    private static final FileAttribute<?> OWNER_ONLY = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private Signing rsa;
    private Signing elliptic;
    private List<X509Certificate> published;

    protected ServerKeys() {
    }

    @Inject
    ServerKeys(Installation installation, Clock clock) {
        Path folder = installation.keys();
        try {
            Files.createDirectories(folder);
            char[] password = installation.keysPassword().isPresent() ? installation.keysPassword().get().toCharArray()
                    : password(folder.resolve("signing.password"));
            Path file = folder.resolve("signing.p12");
            if (!Files.exists(file)) {
                create(file, password, clock.instant());
            }
            KeyStore store = KeyStore.getInstance("PKCS12");
            try (InputStream in = Files.newInputStream(file)) {
                store.load(in, password);
            }
            rsa = signing(store, RSA, password);
            elliptic = signing(store, ELLIPTIC, password);
            publish(folder.resolve("signing-rsa.cert.pem"), rsa.certificate());
            publish(folder.resolve("signing-ec.cert.pem"), elliptic.certificate());
            published = keep(folder.resolve("published"), List.of(rsa.certificate(), elliptic.certificate()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException | OperatorCreationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A key that is missing or cannot be read is found at the start, not by the first caller; certificates can be pinned before it. */
    void atStart(@Observes @Initialized(ApplicationScoped.class) Object start) {
        Objects.requireNonNull(rsa);
        Objects.requireNonNull(elliptic);
    }

    public Signing rsa() {
        return rsa;
    }

    public Signing elliptic() {
        return elliptic;
    }

    /** The certificates of these keys and of all that were in use before: what was signed once can be checked for years (CON-141). */
    public List<X509Certificate> published() {
        return published;
    }

    /** Each in a file of its own, named by its SHA-256; nobody takes one away. */
    private static List<X509Certificate> keep(Path folder, List<X509Certificate> present) throws IOException, GeneralSecurityException {
        Files.createDirectories(folder);
        for (X509Certificate certificate : present) {
            String name = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()));
            publish(folder.resolve(name + ".cert.pem"), certificate);
        }
        CertificateFactory factory = CertificateFactory.getInstance("X.509");
        List<X509Certificate> all = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.cert.pem")) {
            for (Path file : files) {
                try (InputStream in = Files.newInputStream(file)) {
                    all.add((X509Certificate) factory.generateCertificate(in));
                }
            }
        }
        all.sort(Comparator.comparing(X509Certificate::getNotBefore).thenComparing(certificate -> certificate.getPublicKey().getAlgorithm()));
        return List.copyOf(all);
    }

    /** A key and its certificate. */
    public record Signing(PrivateKey key, X509Certificate certificate) {

        @Override
        public String toString() {
            return certificate.getSubjectX500Principal().getName();
        }
    }

    private static Signing signing(KeyStore store, String alias, char[] password) throws GeneralSecurityException {
        PrivateKey key = (PrivateKey) store.getKey(alias, password);
        if (key == null) {
            throw new IllegalStateException("signing.p12 has no key with the alias " + alias + ".");
        }
        return new Signing(key, (X509Certificate) store.getCertificate(alias));
    }

    private static void create(Path file, char[] password, Instant now) throws IOException, GeneralSecurityException, OperatorCreationException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, password);
        KeyPairGenerator rsa = KeyPairGenerator.getInstance("RSA");
        rsa.initialize(2048);
        add(store, RSA, rsa.generateKeyPair(), "SHA256withRSA", password, now);
        KeyPairGenerator elliptic = KeyPairGenerator.getInstance("EC");
        elliptic.initialize(new ECGenParameterSpec("secp256r1"));
        add(store, ELLIPTIC, elliptic.generateKeyPair(), "SHA256withECDSA", password, now);
        intoPlace(file, out -> store.store(out, password));
    }

    private static void add(KeyStore store, String alias, KeyPair pair, String algorithm, char[] password, Instant now)
            throws GeneralSecurityException, OperatorCreationException {
        X500Principal name = new X500Principal("CN=Kopuro answers (" + alias + ")");
        X509Certificate certificate = new JcaX509CertificateConverter().getCertificate(new JcaX509v3CertificateBuilder(
                name, new BigInteger(64, new SecureRandom()), Date.from(now.minus(1, ChronoUnit.DAYS)),
                Date.from(now.plus(365L * VALIDITY_YEARS, ChronoUnit.DAYS)), name, pair.getPublic())
                .build(new JcaContentSignerBuilder(algorithm).build(pair.getPrivate())));
        store.setKeyEntry(alias, pair.getPrivate(), password, new Certificate[] {certificate});
    }

    private static char[] password(Path file) throws IOException {
        if (!Files.exists(file)) {
            byte[] random = new byte[24];
            new SecureRandom().nextBytes(random);
            intoPlace(file, out -> out.write(Base64.getUrlEncoder().withoutPadding().encode(random)));
        }
        return Files.readString(file, StandardCharsets.US_ASCII).strip().toCharArray();
    }

    private static void publish(Path file, X509Certificate certificate) throws IOException, GeneralSecurityException {
        String pem = "-----BEGIN CERTIFICATE-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(certificate.getEncoded()) + "\n-----END CERTIFICATE-----\n";
        Files.writeString(file, pem);
    }

    /** Written aside and linked into place: of several nodes that start at once one wins, and none reads half a file. */
    private static void intoPlace(Path file, Content content) throws IOException {
        Path aside = Files.createTempFile(file.getParent(), ".new", "", OWNER_ONLY);
        try {
            try (OutputStream out = Files.newOutputStream(aside)) {
                content.writeTo(out);
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
            Files.createLink(file, aside);
        } catch (FileAlreadyExistsException e) {
            // Another node was first; its file is the one to read.
        } finally {
            Files.delete(aside);
        }
    }

    private interface Content {
        void writeTo(OutputStream out) throws IOException, GeneralSecurityException;
    }
}
