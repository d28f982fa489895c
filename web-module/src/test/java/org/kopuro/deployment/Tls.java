package org.kopuro.deployment;

import java.io.IOException;
import java.io.OutputStream;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Instant;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.kopuro.testing.TestCertificates;

/** TLS of the server under test: it asks for client certificates, and trusts two Security Servers and three subsystems. */
final class Tls {

    static final String PASSWORD = "changeit";
    static final int PORT = freePort();
    /** Will be registered as a gateway. */
    static final TestCertificates.Identity SECURITY_SERVER = TestCertificates.rsa(Instant.now());
    /** Trusted by TLS, registered nowhere. */
    static final TestCertificates.Identity OTHER_SERVER = TestCertificates.rsa(Instant.now());
    /** Of a participant's subsystem that connects with its own certificate. */
    static final TestCertificates.Identity SUBSYSTEM = TestCertificates.rsa(Instant.now());
    /** Of a bank's subsystem that signs in with it. */
    static final TestCertificates.Identity BANK = TestCertificates.rsa(Instant.now());
    /** Of another bank's. */
    static final TestCertificates.Identity LENDER = TestCertificates.rsa(Instant.now());
    private static final TestCertificates.Identity SERVER = TestCertificates.rsa(Instant.now());

    private Tls() {
    }

    static Path serverKeys(Path folder) throws IOException {
        return store(folder.resolve("tls-keys.p12"), keys -> keys.setKeyEntry("s1as", SERVER.keys().getPrivate(), PASSWORD.toCharArray(),
                new Certificate[] {SERVER.certificate()}));
    }

    static Path trustedClients(Path folder) throws IOException {
        return store(folder.resolve("tls-trust.p12"), trust -> {
            trust.setCertificateEntry("registered", SECURITY_SERVER.certificate());
            trust.setCertificateEntry("other", OTHER_SERVER.certificate());
            trust.setCertificateEntry("subsystem", SUBSYSTEM.certificate());
            trust.setCertificateEntry("bank", BANK.certificate());
            trust.setCertificateEntry("lender", LENDER.certificate());
        });
    }

    static Path wantClientCertificates(Path folder) throws IOException {
        return Files.writeString(folder.resolve("tls.asadmin"),
                "set configs.config.server-config.network-config.protocols.protocol.https-listener.ssl.client-auth=want\n");
    }

    /** As a Security Server, or as somebody without a certificate; the server's own certificate is not what these tests are about. */
    static SSLContext as(TestCertificates.Identity client) {
        try {
            KeyManager[] managers = null;
            if (client != null) {
                KeyStore keys = KeyStore.getInstance("PKCS12");
                keys.load(null, null);
                keys.setKeyEntry("client", client.keys().getPrivate(), PASSWORD.toCharArray(), new Certificate[] {client.certificate()});
                KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
                factory.init(keys, PASSWORD.toCharArray());
                managers = factory.getKeyManagers();
            }
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(managers, new TrustManager[] {new ThatServer()}, new SecureRandom());
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Path store(Path file, Filling filling) throws IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            filling.into(store);
            store.store(out, PASSWORD.toCharArray());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
        return file;
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private interface Filling {
        void into(KeyStore store) throws GeneralSecurityException;
    }

    private static final class ThatServer extends javax.net.ssl.X509ExtendedTrustManager implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {
            throw new IllegalStateException();
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {
            if (!chain[0].equals(SERVER.certificate())) {
                throw new IllegalStateException("another server");
            }
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, java.net.Socket socket) {
            throw new IllegalStateException();
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, java.net.Socket socket) {
            checkServerTrusted(chain, type);
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, javax.net.ssl.SSLEngine engine) {
            throw new IllegalStateException();
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, javax.net.ssl.SSLEngine engine) {
            checkServerTrusted(chain, type);
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
